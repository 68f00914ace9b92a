import { Text } from "@mantine/core";
import type { Task } from "../../api/types";
import { SimulatedMark } from "../../components/Mark";
import { restsOnSimulated } from "./simulated";

interface SimulatedNoteProps {
  tasks: Task[];
  behind: "scores" | "models";
}

/** Scores and models that rest on simulated annotators say so. */
export function SimulatedNote({ tasks, behind }: SimulatedNoteProps) {
  if (!restsOnSimulated(tasks)) return null;
  return (
    <Text fz="sm" c="dimmed">
      <SimulatedMark /> Some or all answers behind these {behind} come from simulated annotators,
      not from people.
    </Text>
  );
}
