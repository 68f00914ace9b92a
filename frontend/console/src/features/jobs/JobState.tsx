import { isRunning } from "../../api/jobs";
import type { Job } from "../../api/types";
import { Mark } from "../../components/Mark";
import { ProgressLine } from "../../components/ProgressLine";
import { JOB_STATES, stageName } from "./jobWords";

/** A job's state in a word. A silent job is still at work, as far as anyone knows. */
export function JobStateMark({ job }: { job: Job }) {
  if (job.silent && isRunning(job)) return <Mark tone="warn">silent</Mark>;
  const { name, tone } = JOB_STATES[job.state];
  return <Mark tone={tone}>{name}</Mark>;
}

/** A live bar while it runs. */
export function JobProgress({ job }: { job: Job }) {
  const { stage, done = 0, total = null } = job.progress ?? {};
  const label = job.state === "running" ? stageName(stage) : "Waiting for the cluster";
  return <ProgressLine label={label} done={done} total={total} moving={job.state === "running"} />;
}
