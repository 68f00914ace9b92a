import { Text } from "@mantine/core";
import type { Task } from "../../api/types";
import { SimulatedMark } from "../../components/Mark";

/** Scores that rest on simulated annotators say so. */
export function SimulatedNote({ tasks }: { tasks: Task[] }) {
  const simulated = tasks.some(({ annotators }) =>
    annotators.some((each) => each.simulated && each.accepted + each.rejected > 0),
  );
  if (!simulated) return null;
  return (
    <Text fz="sm" c="dimmed">
      <SimulatedMark /> Some or all answers behind these scores come from simulated annotators, not
      from people.
    </Text>
  );
}
