import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem";
import { ProblemNote } from "./ProblemNote";

interface LoadedProps<Data> {
  query: { data: Data | undefined; error: Error | null; refetch: () => Promise<unknown> };
  /** Rows of the skeleton, so that the page keeps its height. */
  rows?: number;
  children: (data: Data) => ReactNode;
}

/** Show the data once it is there; a skeleton before, the problem if it cannot come. */
export function Loaded<Data>({ query, rows = 3, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return <ProblemNote problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  }
  return <Lines rows={rows} />;
}

function Lines({ rows }: { rows: number }) {
  return (
    <Stack gap="sm" aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <Skeleton key={row} h={36} radius="sm" />
      ))}
    </Stack>
  );
}
