import type { Job, JobState } from "../../api/types";
import type { Tone } from "../../components/Mark";

export const JOB_STATES: Record<JobState, { name: string; tone: Tone }> = {
  queued: { name: "queued", tone: "quiet" },
  offered: { name: "offered to the cluster", tone: "quiet" },
  held: { name: "starting", tone: "quiet" },
  running: { name: "running", tone: "good" },
  lost: { name: "lost, starting again", tone: "warn" },
  succeeded: { name: "done", tone: "good" },
  failed: { name: "failed", tone: "bad" },
  cancelled: { name: "cancelled", tone: "quiet" },
};

/** "training", "copying": the stage as a sentence's first word. */
export function stageName(stage: string | undefined): string {
  if (!stage) return "Waiting for the cluster";
  return stage.charAt(0).toUpperCase() + stage.slice(1);
}

/** Seconds between start and end, or null while it has neither. */
export function jobSeconds({ started_at, finished_at }: Job): number | null {
  if (!started_at || !finished_at) return null;
  return (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
}
