/** The guided first run: which steps are done, and which single one is next. */
import { isRunning } from "../../api/jobs";
import type { Asset, Dataset, Job, Label, Model, Predictor, Project, Task } from "../../api/types";
import type { StepState } from "../../components/Steps";

export type StepName = "data" | "labels" | "answers" | "suggestions" | "model" | "wheel";

/** Answers after which the first run goes on to suggestions and training. */
export const FIRST_ANSWERS = 20;

export interface FirstRun {
  project: Project;
  assets: Asset[];
  datasets: Dataset[];
  labels: Label[];
  tasks: Task[];
  jobs: Job[];
  predictors: Predictor[];
  models: Model[];
}

const ORDER: StepName[] = ["data", "labels", "answers", "suggestions", "model", "wheel"];

/** The state of each step; the first one not done is the next. */
export function stepStates(run: FirstRun): Record<StepName, StepState> {
  const done = doneSteps(run);
  const next = ORDER.find((step) => !done[step]);
  const states = ORDER.map((step) => [step, stateOf(done[step], step === next)]);
  return Object.fromEntries(states) as Record<StepName, StepState>;
}

function stateOf(done: boolean, next: boolean): StepState {
  if (done) return "done";
  return next ? "now" : "later";
}

function doneSteps(run: FirstRun): Record<StepName, boolean> {
  const { project, models } = run;
  return {
    data: run.datasets.some(({ role, examples }) => role === "training" && examples > 0),
    labels: run.labels.some(({ retired }) => !retired),
    answers: project.counts.answered >= FIRST_ANSWERS,
    // Training without suggestions is fine, so a model ticks this step too.
    suggestions: run.tasks.some(({ suggestions }) => suggestions !== null) || models.length > 0,
    model: models.some(({ trained_at }) => trained_at !== null),
    wheel: models.some(({ packaged }) => packaged),
  };
}

export function runningJob(jobs: Job[], recipes: Job["recipe"][]): Job | undefined {
  return jobs.find((job) => isRunning(job) && recipes.includes(job.recipe));
}

/** The newest job of these recipes when it has failed; an older failure is over. */
export function newestFailure(jobs: Job[], recipes: Job["recipe"][]): Job | undefined {
  const newest = jobs
    .filter(({ recipe }) => recipes.includes(recipe))
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))[0];
  return newest?.state === "failed" && newest.failure ? newest : undefined;
}

/** "800 to annotate, 200 held back" */
export function examplesByRole(datasets: Dataset[]): { training: number; evaluation: number } {
  const sum = (role: Dataset["role"]) =>
    datasets.reduce((total, each) => (each.role === role ? total + each.examples : total), 0);
  return { training: sum("training"), evaluation: sum("evaluation") };
}
