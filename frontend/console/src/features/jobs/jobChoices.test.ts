import { describe, expect, it } from "vitest";
import type { Recipe } from "../../api/types";
import { hasOwnForm, jobChoices, jobRecipes } from "./jobChoices";
import { RECIPE_ORDER } from "./recipes";

const recipe = (name: string, kind: Recipe["kind"], built_in = false) =>
  ({ recipe: name, title: `Title of ${name}`, kind, built_in }) as Recipe;

const CATALOGUE = [
  recipe("mark.v1", "task", true),
  recipe("train.v1", "job", true),
  recipe("stats.v1", "job", true),
  recipe("polite.check.v1", "task"),
  recipe("polite.count.v1", "job"),
];

describe("recipes of jobs", () => {
  it("are those of the catalogue that have no form of their own", () => {
    expect(jobRecipes(CATALOGUE).map((each) => each.recipe)).toEqual([
      "stats.v1",
      "polite.count.v1",
    ]);
    expect(hasOwnForm("train.v1")).toBe(true);
    expect(hasOwnForm("stats.v1")).toBe(false);
  });

  it("stand under where they come from, each once", () => {
    const [everywhere, published] = jobChoices(jobRecipes(CATALOGUE));
    expect(everywhere?.items.map(({ value }) => value)).toEqual([...RECIPE_ORDER, "stats.v1"]);
    expect(published?.items).toEqual([
      { value: "polite.count.v1", label: "Title of polite.count.v1 (polite.count.v1)" },
    ]);
  });

  it("have no empty group", () => {
    expect(jobChoices([]).map(({ group }) => group)).toEqual(["Of every cluster"]);
  });
});
