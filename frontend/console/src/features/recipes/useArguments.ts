import { useState } from "react";
import type { Problem } from "../../api/problem";
import type { Recipe } from "../../api/types";
import { type Draft, firstDrafts, valuesOf, withoutDefaults } from "./drafts";
import { argumentErrors, type Errors, errorsBeside, placesOf } from "./places";

export type OwnArguments = ReturnType<typeof useArguments>;

/** The arguments of the chosen recipe as they stand in a form, and what the API said of them. */
export function useArguments(recipe: Recipe | undefined) {
  const [drafts, setDrafts] = useState<Record<string, Record<string, Draft>>>({});
  const [errors, setErrors] = useState<Errors>({});
  const name = recipe?.recipe ?? "";
  const fields = recipe?.arguments ?? [];
  const shown = drafts[name] ?? firstDrafts(fields);
  const values = valuesOf(fields, shown);
  return {
    fields,
    drafts: shown,
    errors,
    values,
    /** What differs from the recipe's defaults: enough to say in a script. */
    said: withoutDefaults(fields, values),
    /** The places that show an error themselves, as the API names them. */
    places: placesOf(fields, shown).map((place) => `arguments.${place}`),
    placeProblem: (problem: Problem | null) => setErrors(argumentErrors(problem)),
    change: (changed: Record<string, Draft>, place: string) => {
      setDrafts({ ...drafts, [name]: changed });
      setErrors(errorsBeside(errors, place));
    },
  };
}
