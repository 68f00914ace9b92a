import { isRunning } from "../../api/jobs";
import type { Job } from "../../api/types";
import type { Tone } from "../../components/Mark";

export interface Training {
  words: string;
  tone: Tone;
}

/** What a model without figures is waiting for, told by the job that trains it. */
export function trainingOf(job: Job | undefined): Training {
  if (!job) return { words: "not trained", tone: "quiet" };
  if (job.state === "failed") return { words: "training failed", tone: "bad" };
  if (job.state === "cancelled") return { words: "training cancelled", tone: "quiet" };
  if (isRunning(job) && job.silent) return { words: "training is silent", tone: "warn" };
  // A job that is done still counts: its model's figures arrive a moment later.
  return { words: "in training", tone: "good" };
}
