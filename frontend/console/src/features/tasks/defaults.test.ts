import { describe, expect, it } from "vitest";
import type { Asset, Dataset, Label, ProjectMember, Recipe } from "../../api/types";
import { defaultTask, firstTask, isHere, type TaskParts, whatIsMissing, workOf } from "./defaults";

const dataset = (id: string, role: Dataset["role"]) => ({ id, role }) as Dataset;
const label = (id: string, retired = false) => ({ id, name: id, retired }) as Label;
const person = (member: string, simulated = false) => ({ member, simulated }) as ProjectMember;

const PARTS: TaskParts = {
  assets: [
    { kind: "data", state: "ready", dataset: "d1", evaluation_dataset: "e1" } as Asset,
    { id: "g0", kind: "guidelines", state: "empty" } as Asset,
    { id: "g1", kind: "guidelines", state: "ready" } as Asset,
  ],
  datasets: [dataset("e0", "evaluation"), dataset("e1", "evaluation"), dataset("d1", "training")],
  secrets: [],
  labels: [label("l1"), label("l2", true)],
  members: [person("ada"), person("robot", true)],
  me: "me",
  titles: [],
  models: [],
  recipes: [],
};

const POLITE = { recipe: "polite.check.v1", title: "Check the politeness" } as Recipe;

describe("defaultTask", () => {
  it("takes the data with its own held-back set, live labels and real people", () => {
    expect(defaultTask(PARTS)).toEqual({
      title: "Mark the labels",
      recipe: "ner.manual.v1",
      exclusive: false,
      dataset: "d1",
      evaluation_dataset: "e1",
      labels: ["l1"],
      annotators: ["ada"],
      suggestions: null,
      blind: false,
      guidelines: "g1",
      overlap: 1,
    });
  });

  it("gives the task to its maker when nobody else is in the project", () => {
    expect(defaultTask({ ...PARTS, members: [] }).annotators).toEqual(["me"]);
    expect(defaultTask({ ...PARTS, members: [], me: null }).annotators).toEqual([]);
  });

  it("never repeats a title", () => {
    const titles = ["Mark the labels", "Mark the labels 2"];
    expect(defaultTask({ ...PARTS, titles }).title).toBe("Mark the labels 3");
    expect(defaultTask({ ...PARTS, titles }, "one").title).toBe("Choose the label");
  });

  it("says what is missing, one thing at a time", () => {
    expect(whatIsMissing(PARTS)).toBeNull();
    expect(whatIsMissing({ ...PARTS, datasets: [] })).toBe("Add data first.");
    expect(whatIsMissing({ ...PARTS, labels: [label("x", true)] })).toBe("Add labels first.");
  });
});

describe("a task that was asked for", () => {
  const MARK = { recipe: "mark.v1", title: "Mark", built_in: true } as Recipe;
  const parts = { ...PARTS, recipes: [MARK, POLITE] };

  it("is of that recipe, with its title and no dataset of another", () => {
    expect(firstTask(parts, MARK.recipe)).toMatchObject({
      title: "Mark",
      recipe: "mark.v1",
      dataset: "",
    });
  });

  it("may be of a kind that every cluster has", () => {
    expect(firstTask(parts, "textcat.manual.v1")).toMatchObject({
      title: "Choose the label",
      exclusive: true,
      dataset: "d1",
    });
  });

  it("is the usual one where the cluster lacks the recipe", () => {
    expect(isHere("other.v1", parts)).toBe(false);
    expect(isHere("mark.v1", parts) && isHere("ner.manual.v1", parts)).toBe(true);
    expect(firstTask(parts, "other.v1")).toEqual(defaultTask(parts));
    expect(firstTask(parts)).toEqual(defaultTask(parts));
  });

  it("of a built-in recipe does not stand in for data", () => {
    expect(whatIsMissing({ ...parts, datasets: [], recipes: [MARK] })).toBe("Add data first.");
  });
});

describe("published recipes", () => {
  it("are work for a project without data, which their streams bring", () => {
    const parts = { ...PARTS, datasets: [], recipes: [POLITE] };
    expect(whatIsMissing(parts)).toBeNull();
    expect(whatIsMissing({ ...parts, recipes: [] })).toBe("Add data first.");
    const task = defaultTask(parts);
    expect(task).toMatchObject({ title: POLITE.title, recipe: POLITE.recipe, dataset: "" });
    expect(workOf(task, [POLITE])).toBe(POLITE.recipe);
  });

  it("do not change what a project with data begins with", () => {
    const task = defaultTask({ ...PARTS, recipes: [POLITE] });
    expect(workOf(task, [POLITE])).toBe("marks");
    expect(workOf({ recipe: "textcat.manual.v1", exclusive: true }, [POLITE])).toBe("one");
  });
});
