import { describe, expect, it } from "vitest";
import type { Recipe } from "../../api/types";
import { found } from "./found";

const COUNT = {
  recipe: "polite.count.v1",
  title: "Count what is polite",
  help: "Once for each file.",
  kind: "job",
  packages: [{ package: "polite-recipes", cluster_name: "Frankfurt" }],
} as Recipe;
const MARK = { ...COUNT, recipe: "mark.v1", title: "Mark", kind: "task", packages: [] } as Recipe;

describe("searching the catalogue", () => {
  it.each([
    ["", 2],
    ["  COUNT ", 1],
    ["polite job", 1],
    ["frankfurt", 1],
    ["each file", 2],
    ["count task", 0],
  ])("for %j finds %i", (typed, many) => {
    expect(found([COUNT, MARK], typed)).toHaveLength(many);
  });
});
