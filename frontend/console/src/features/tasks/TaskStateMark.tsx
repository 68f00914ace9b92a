import type { TaskState } from "../../api/types";
import { Mark, type Tone } from "../../components/Mark";

const TONES: Record<TaskState, Tone> = { open: "good", paused: "warn", closed: "quiet" };

export function TaskStateMark({ state }: { state: TaskState }) {
  return <Mark tone={TONES[state]}>{state}</Mark>;
}
