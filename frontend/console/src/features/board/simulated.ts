import type { Task } from "../../api/types";

/** True when simulated annotators have given some of the answers. */
export function restsOnSimulated(tasks: Pick<Task, "annotators">[]): boolean {
  return tasks.some(({ annotators }) =>
    annotators.some((each) => each.simulated && each.accepted + each.rejected > 0),
  );
}
