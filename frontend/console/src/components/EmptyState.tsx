import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface EmptyStateProps {
  title: string;
  /** What to do next, and why. */
  children: ReactNode;
  action?: ReactNode;
}

/** Nothing here yet: say what belongs here and offer the one next step. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Stack align="flex-start" gap="xs" py="lg">
      <Title order={3}>{title}</Title>
      <Text c="dimmed" maw="60ch" mb="xs" component="div">
        {children}
      </Text>
      {action}
    </Stack>
  );
}
