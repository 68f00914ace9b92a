import { Card, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface PanelProps {
  title?: string;
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A sheet of paper with a heading; the unit every screen is made of. */
export function Panel({ title, note, action, children }: PanelProps) {
  return (
    <Card component="section">
      {(title || action) && (
        <Group justify="space-between" align="baseline" gap="sm" mb="md">
          <Group gap="sm" align="baseline">
            {title && <Title order={2}>{title}</Title>}
            {note && (
              <Text component="span" fz="sm" c="dimmed">
                {note}
              </Text>
            )}
          </Group>
          {action}
        </Group>
      )}
      {children}
    </Card>
  );
}
