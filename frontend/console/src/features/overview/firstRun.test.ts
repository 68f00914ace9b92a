import { describe, expect, it } from "vitest";
import type { Dataset, Job, Label, Model, Project, Task } from "../../api/types";
import { examplesByRole, type FirstRun, newestFailure, runningJob, stepStates } from "./firstRun";

const dataset = (role: Dataset["role"], examples: number) => ({ role, examples }) as Dataset;

function runWith(change: Partial<FirstRun> & { answered?: number } = {}): FirstRun {
  const { answered = 0, ...rest } = change;
  return {
    project: { counts: { examples: 0, answered, models: 0 } } as Project,
    assets: [],
    datasets: [],
    labels: [],
    tasks: [],
    jobs: [],
    predictors: [],
    models: [],
    ...rest,
  };
}

const LABELS = [{ name: "A", retired: false } as Label];
const DATA = [dataset("training", 800), dataset("evaluation", 200)];

describe("stepStates", () => {
  it("starts with the data and leaves the rest for later", () => {
    expect(stepStates(runWith())).toEqual({
      data: "now",
      labels: "later",
      answers: "later",
      suggestions: "later",
      model: "later",
      wheel: "later",
    });
  });

  it("has exactly one next step, whatever was done first", () => {
    const states = stepStates(runWith({ labels: LABELS }));
    expect(states.labels).toBe("done");
    expect(Object.values(states).filter((state) => state === "now")).toHaveLength(1);
  });

  it("goes on to suggestions after twenty answers, not after nineteen", () => {
    const parts = { datasets: DATA, labels: LABELS };
    expect(stepStates(runWith({ ...parts, answered: 19 })).answers).toBe("now");
    expect(stepStates(runWith({ ...parts, answered: 20 })).suggestions).toBe("now");
  });

  it("does not insist on suggestions once a model is trained", () => {
    const trained = { trained_at: "2026-11-21T00:00:00Z", packaged: false } as Model;
    const states = stepStates(
      runWith({ datasets: DATA, labels: LABELS, answered: 30, models: [trained] }),
    );
    expect(states).toMatchObject({ suggestions: "done", model: "done", wheel: "now" });
  });

  it("does not count a retired label or a task without suggestions", () => {
    const states = stepStates(
      runWith({
        datasets: DATA,
        labels: [{ retired: true } as Label],
        tasks: [{ suggestions: null } as Task],
      }),
    );
    expect(states.labels).toBe("now");
    expect(states.suggestions).toBe("later");
  });
});

describe("examplesByRole", () => {
  it("keeps what is held back apart", () => {
    expect(examplesByRole([...DATA, dataset("training", 5)])).toEqual({
      training: 805,
      evaluation: 200,
    });
  });
});

describe("runningJob", () => {
  it("finds a live job of the recipes asked for", () => {
    const jobs = [
      { recipe: "train.v1", state: "succeeded" } as Job,
      { recipe: "import.v1", state: "running" } as Job,
    ];
    expect(runningJob(jobs, ["import.v1"])).toBe(jobs[1]);
    expect(runningJob(jobs, ["train.v1"])).toBeUndefined();
  });
});

describe("newestFailure", () => {
  const job = (recipe: Job["recipe"], state: Job["state"], minute: number) =>
    ({
      recipe,
      state,
      created_at: `2026-01-01T00:0${minute}:00Z`,
      failure: state === "failed" ? { title: "No" } : null,
    }) as Job;

  it("is the last job of a step, in whatever order jobs are listed", () => {
    const failed = job("import.v1", "failed", 2);
    const jobs = [job("import.v1", "succeeded", 1), failed, job("package.v1", "succeeded", 3)];
    expect(newestFailure(jobs, ["import.v1"])).toBe(failed);
    expect(newestFailure(jobs, ["package.v1"])).toBeUndefined();
  });

  it("is over once a later job runs or has ended well", () => {
    const failed = job("train.v1", "failed", 1);
    const recipes: Job["recipe"][] = ["train.v1", "train-curve.v1"];
    expect(newestFailure([failed, job("train-curve.v1", "running", 2)], recipes)).toBeUndefined();
    expect(newestFailure([failed, job("train.v1", "succeeded", 2)], recipes)).toBeUndefined();
  });
});
