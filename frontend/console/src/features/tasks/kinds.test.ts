import { describe, expect, it } from "vitest";
import type { Recipe } from "../../api/types";
import { componentOf, KIND_CHOICES, KINDS, kindOf, taskRecipes, workChoices } from "./kinds";

describe("kinds of tasks", () => {
  it.each(Object.entries(KINDS))("read %s back from what was stored", (kind, words) => {
    expect(kindOf(words)).toBe(kind);
  });

  it("teach what the newest task asks", () => {
    expect(componentOf([])).toBe("ner");
    expect(componentOf([KINDS.marks, KINDS.one])).toBe("textcat");
    expect(componentOf([KINDS.one, KINDS.several])).toBe("textcat_multilabel");
  });
});

const recipe = (name: string, kind: Recipe["kind"], built_in = false) =>
  ({ recipe: name, title: `Title of ${name}`, kind, built_in }) as Recipe;

describe("recipes of tasks", () => {
  const CATALOGUE = [
    recipe("ner.manual.v1", "task", true),
    recipe("textcat.manual.v1", "task", true),
    recipe("mark.v1", "task", true),
    recipe("stats.v1", "job", true),
    recipe("polite.check.v1", "task"),
  ];

  it("are all that no kind stands for", () => {
    const found = taskRecipes(CATALOGUE);
    expect(found.map((each) => each.recipe)).toEqual(["mark.v1", "polite.check.v1"]);
    const [everywhere, published] = workChoices(found);
    expect(everywhere?.items.slice(KIND_CHOICES.length)).toEqual([
      { value: "mark.v1", label: "Title of mark.v1 (mark.v1)" },
    ]);
    expect(published?.items.map(({ value }) => value)).toEqual(["polite.check.v1"]);
  });
});
