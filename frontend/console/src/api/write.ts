/** One way to write: refresh what may have changed, and say so when no form shows the error. */
import { notifications } from "@mantine/notifications";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { asProblem, type Problem } from "./problem";

interface WriteOptions {
  refresh: QueryKey[];
  /** What to tell the person when it is done. */
  done?: string;
  /** The caller shows the problem itself, next to its fields. */
  showsProblem?: boolean;
}

/** A mutation over an API function that refreshes the given keys before it counts as done. */
export function useWrite<Input, Answer>(
  write: (input: Input) => Promise<Answer>,
  { refresh, done, showsProblem = false }: WriteOptions,
) {
  const client = useQueryClient();
  return useMutation<Answer, Problem, Input>({
    mutationFn: write,
    onSuccess: async () => {
      await Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey })));
      if (done) notifications.show({ message: done });
    },
    onError: (error) => {
      if (!showsProblem) tellProblem(error);
    },
  });
}

export function tellProblem(error: unknown): void {
  const problem = asProblem(error);
  const lines = [problem.detail, problem.whatToDo].filter(Boolean);
  notifications.show({
    color: "red",
    title: problem.title,
    message: lines.join(" "),
    autoClose: 12_000,
  });
}
