/** Which recipes a job can be started of, as one list with two groups. */
import type { Recipe } from "../../api/types";
import { RECIPE_ORDER, RECIPES, type StartableRecipe } from "./recipes";

/** Those with a form of their own here; whatever the catalogue says, it stays theirs. */
export function hasOwnForm(recipe: string): recipe is StartableRecipe {
  return recipe in RECIPES;
}

/** The recipes of jobs whose form is made of their fields. */
export function jobRecipes(catalogue: Recipe[]): Recipe[] {
  return catalogue.filter(({ kind, recipe }) => kind === "job" && !hasOwnForm(recipe));
}

/** What to choose from, found by title and by name. */
export function jobChoices(recipes: Recipe[]) {
  const own = RECIPE_ORDER.map((value) => ({
    value: value as string,
    label: `${RECIPES[value].name} (${value})`,
  }));
  return [
    { group: "Of every cluster", items: [...own, ...choices(recipes, true)] },
    { group: "Published to this cluster", items: choices(recipes, false) },
  ].filter(({ items }) => items.length > 0);
}

function choices(recipes: Recipe[], builtIn: boolean) {
  return recipes
    .filter(({ built_in }) => built_in === builtIn)
    .map(({ recipe, title }) => ({ value: recipe, label: `${title} (${recipe})` }));
}
