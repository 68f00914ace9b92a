/** Where in a form an error of the API belongs: `limits.0.low`. */
import type { Problem } from "../../api/problem";
import type { FieldType, RecipeField } from "../../api/types";
import type { Draft, GroupDraft, ListDraft, OptionalDraft, VariantDraft } from "./drafts";

export type Errors = Record<string, string>;

const ARGUMENTS = "arguments.";

/** The API's sentences about arguments, by their place. */
export function argumentErrors(problem: Problem | null): Errors {
  const found = problem?.fields.filter(({ field }) => field.startsWith(ARGUMENTS)) ?? [];
  return Object.fromEntries(
    found.map(({ field, message }) => [field.slice(ARGUMENTS.length), message]),
  );
}

/** Whether inputs show all that a problem says. */
export function isPlaced({ fields }: Problem, places: string[]): boolean {
  return fields.length > 0 && fields.every(({ field }) => places.includes(field));
}

/** The errors that are still true once someone has changed what stands at a place. */
export function errorsBeside(errors: Errors, changed: string): Errors {
  const kept = Object.entries(errors).filter(
    ([place]) => place !== changed && !place.startsWith(`${changed}.`),
  );
  return Object.fromEntries(kept);
}

/** Every place that has an input, the outer ones first. */
export function placesOf(
  fields: RecipeField[],
  drafts: Record<string, Draft>,
  within = "",
): string[] {
  return fields.flatMap(({ name, type }) => {
    const draft = drafts[name];
    return draft === undefined ? [] : placesIn(type, draft, `${within}${name}`);
  });
}

function placesIn(type: FieldType, draft: Draft, place: string): string[] {
  switch (type.kind) {
    case "optional": {
      const { on, inner } = draft as OptionalDraft;
      return on ? placesIn(type.inner, inner, place) : [place];
    }
    case "list":
      return [
        place,
        ...(draft as ListDraft).rows.flatMap(({ item }, index) =>
          placesIn(type.item, item, `${place}.${index}`),
        ),
      ];
    case "group":
      return [place, ...placesOf(type.fields, (draft as GroupDraft).members, `${place}.`)];
    case "variant": {
      const { chosen, members } = draft as VariantDraft;
      const fields = type.variants.find(({ name }) => name === chosen)?.fields ?? [];
      return [place, ...placesOf(fields, members, `${place}.`)];
    }
    default:
      return [place];
  }
}
