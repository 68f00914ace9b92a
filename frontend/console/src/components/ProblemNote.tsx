import { Button, Text } from "@mantine/core";
import type { Problem } from "../api/problem";
import classes from "./ProblemNote.module.css";

interface ProblemNoteProps {
  problem: Problem | null | undefined;
  onRetry?: () => void;
}

/** What happened and what to do, in place; takes no room without a problem. */
export function ProblemNote({ problem, onRetry }: ProblemNoteProps) {
  if (!problem) return null;
  return (
    <div className={classes.note} role="alert">
      <Text fw={600}>{problem.title}</Text>
      {problem.detail && <Text fz="sm">{problem.detail}</Text>}
      {problem.fields.map(({ field, message }) => (
        <Text key={field} fz="sm">
          {message}
        </Text>
      ))}
      {problem.whatToDo && <Text fz="sm">{problem.whatToDo}</Text>}
      {onRetry && (
        <Button variant="default" size="xs" mt="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
