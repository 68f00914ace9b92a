/** Searching the catalogue. */
import type { Recipe } from "../../api/types";

/** The recipes that have every typed word in their title, name, help or package. */
export function found(recipes: Recipe[], typed: string): Recipe[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return recipes.filter((recipe) => {
    const said = wordsOf(recipe);
    return words.every((word) => said.includes(word));
  });
}

function wordsOf({ title, recipe, help, kind, packages }: Recipe): string {
  const homes = packages.flatMap((each) => [each.package, each.cluster_name]);
  return [title, recipe, help, kind, ...homes].join("\n").toLowerCase();
}
