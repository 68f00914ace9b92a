import { Box, Group, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import classes from "./Page.module.css";

interface PageProps {
  title: string;
  /** One or two sentences under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  /** `text` for forms and reading, `wide` for tables. */
  width?: "text" | "wide";
  children: ReactNode;
}

/** A screen: title, lead and actions on top, and the title in the browser's tab. */
export function Page({ title, lead, actions, width = "wide", children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Annex`;
  }, [title]);
  return (
    <Box className={classes.page} data-width={width}>
      <Group justify="space-between" align="flex-start" gap="md" className={classes.head}>
        <Box className={classes.words}>
          <Title order={1}>{title}</Title>
          {lead && (
            <Text component="div" c="dimmed" mt="xs" maw="70ch">
              {lead}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}
