import { describe, expect, it } from "vitest";
import type { Recipe } from "../../api/types";
import { projectsOf } from "./useHomes";

const home = (cluster: string) => ({ cluster }) as Recipe["packages"][number];
const PROJECTS = [{ cluster: "c1" }, { cluster: "c2" }, { cluster: "c1" }];

describe("where a recipe can be used", () => {
  it("is the projects of the clusters that have it", () => {
    const recipe = { built_in: false, packages: [home("c1"), home("c3")] };
    expect(projectsOf(recipe, PROJECTS)).toEqual([{ cluster: "c1" }, { cluster: "c1" }]);
    expect(projectsOf({ built_in: false, packages: [] }, PROJECTS)).toEqual([]);
  });

  it("is everywhere for what every cluster has", () => {
    expect(projectsOf({ built_in: true, packages: [] }, PROJECTS)).toHaveLength(3);
  });
});
