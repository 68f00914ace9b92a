import { Card, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import classes from "./Door.module.css";

interface DoorProps {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
}

/** The sheet in the middle of a screen that is seen before one is inside. */
export function Door({ title, lead, children }: DoorProps) {
  useEffect(() => {
    document.title = `${title} · Annex`;
  }, [title]);
  return (
    <main className={classes.door}>
      <div className={classes.sheet}>
        <div className={classes.brand}>
          <img src="/icon.svg" alt="" width={28} height={28} />
          <span>Annex</span>
        </div>
        <Card padding="xl">
          <Stack gap="md">
            <Title order={1}>{title}</Title>
            {lead && <Text c="dimmed">{lead}</Text>}
            {children}
          </Stack>
        </Card>
        <p className={classes.promise}>
          Your text stays on your own cluster. This console knows names, counts and scores.
        </p>
      </div>
    </main>
  );
}
