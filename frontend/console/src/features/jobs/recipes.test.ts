import { describe, expect, it } from "vitest";
import type { Dataset, Model } from "../../api/types";
import { asJobCommand } from "../recipes/equivalents";
import { chosenArguments, defaultValues, missingFields, newJob, predictorOf } from "./recipes";

const dataset = (id: string, role: Dataset["role"], examples: number): Dataset => ({
  id,
  name: id,
  role,
  examples,
  accepted: 0,
  rejected: 0,
  ignored: 0,
});

const model = (id: string, packaged: boolean) => ({ id, name: id, packaged }) as Model;

const INVENTORY = {
  datasets: [
    dataset("small", "training", 10),
    dataset("big", "training", 800),
    dataset("held", "evaluation", 200),
  ],
  predictors: [{ kind: "rules" as const, id: "r1", name: "Rules" }],
  models: [model("m2", true), model("m1", false)],
  assets: [
    { id: "rules", name: "Rules", kind: "patterns" as const, state: "ready" as const },
    { id: "new", name: "New", kind: "data" as const, state: "uploaded" as const },
    { id: "logs", name: "Logs", kind: "data" as const, state: "ready" as const },
  ],
  tasks: [],
};

describe("start forms", () => {
  it("choose the largest sets, the first predictor and a model still to package", () => {
    expect(defaultValues(INVENTORY)).toEqual({
      name: "model-3",
      component: "ner",
      dataset: "big",
      evaluationDataset: "held",
      predictor: "rules:r1",
      model: "m1",
      format: "jsonl",
      asset: "logs",
      output: "",
      fileFormat: "jsonl",
    });
  });

  it("ask where predicted files go, and name it by its root", () => {
    const values = defaultValues(INVENTORY);
    expect(missingFields("predict-files.v1", values)).toEqual(["output"]);
    expect(newJob("predict-files.v1", { ...values, output: "out" }).arguments).toEqual({
      predictor: { kind: "rules", id: "r1" },
      asset: "logs",
      output: "out",
      format: "jsonl",
    });
  });

  it("make the arguments of each recipe", () => {
    const values = defaultValues(INVENTORY);
    expect(newJob("train-curve.v1", values).arguments).toEqual({
      name: "model-3",
      component: "ner",
      datasets: ["big"],
      evaluation_dataset: "held",
    });
    expect(newJob("evaluate.v1", values).arguments).toEqual({
      predictor: { kind: "rules", id: "r1" },
      dataset: "held",
    });
    expect(newJob("package.v1", values).arguments).toEqual({ model: "m1" });
    expect(newJob("export.v1", values).arguments).toEqual({ dataset: "big", format: "jsonl" });
  });

  it("are spelled for scripts as far as they are chosen", () => {
    const values = { ...defaultValues(INVENTORY), dataset: "", predictor: "" };
    expect(chosenArguments("train.v1", values)).toEqual({
      name: "model-3",
      component: "ner",
      evaluation_dataset: "held",
    });
    const chosen = chosenArguments("evaluate.v1", { ...values, predictor: "rules:r1" });
    const said = { organization: "acme", project: "p1", recipe: "evaluate.v1", arguments: chosen };
    expect(asJobCommand(said)).toBe(
      [
        "annex jobs run evaluate.v1",
        "--project p1",
        "--",
        "--predictor.kind=rules",
        "--predictor.id=r1",
        "--dataset=held",
      ].join(" \\\n  "),
    );
  });

  it("train without held-back data but draw no curve without it", () => {
    const values = { ...defaultValues(INVENTORY), evaluationDataset: "" };
    expect(missingFields("train.v1", values)).toEqual([]);
    expect(newJob("train.v1", values).arguments).not.toHaveProperty("evaluation_dataset");
    expect(missingFields("train-curve.v1", values)).toEqual(["evaluationDataset"]);
  });

  it("read a predictor back from its value and refuse anything else", () => {
    expect(predictorOf("model:7")).toEqual({ kind: "model", id: "7" });
    expect(predictorOf("combined:7")).toEqual({ kind: "combined", id: "7" });
    expect(predictorOf("")).toBeNull();
    expect(predictorOf("llm:7")).toBeNull();
  });
});
