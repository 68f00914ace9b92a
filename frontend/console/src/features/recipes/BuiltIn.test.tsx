/** What holds for the form of every built-in recipe. */
import { readFileSync } from "node:fs";
import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { FieldType, RecipeField } from "../../api/types";
import { Arguments } from "./Arguments";
import { CASES } from "./cases";
import { type Draft, firstDrafts, type Json, type Values, valuesOf } from "./drafts";
import { FormPlaceContext } from "./FormPlace";
import { placesOf } from "./places";

const FILE = new URL("../../../../../sdk/annex/contract/builtin-recipes.json", import.meta.url);
const { recipes }: { recipes: { name: string; fields: RecipeField[] }[] } = JSON.parse(
  readFileSync(FILE, "utf-8"),
);
const WITH_FIELDS = recipes
  .filter(({ fields }) => fields.length > 0)
  .map(({ name, fields }) => [name, fields] as const);

/** A value of a type, with something at each of its places. */
function fittingValue(type: FieldType): Json {
  switch (type.kind) {
    case "optional":
      return fittingValue(type.inner);
    case "list":
      return [fittingValue(type.item)];
    case "group":
      return valuesIn(type.fields);
    case "variant": {
      const last = type.variants[type.variants.length - 1];
      return { kind: last?.name ?? "", ...valuesIn(last?.fields ?? []) };
    }
    case "choice":
      return type.choices[type.choices.length - 1] ?? null;
    default:
      return CASES[type.kind].value;
  }
}

function valuesIn(fields: RecipeField[]): Values {
  return Object.fromEntries(fields.map(({ name, type }) => [name, fittingValue(type)]));
}

function markup(
  fields: RecipeField[],
  drafts: Record<string, Draft>,
  errors: Record<string, string> = {},
): string {
  const inventory = { datasets: [], assets: [], models: [], labels: [], secrets: [] };
  return renderToStaticMarkup(
    <MantineProvider>
      <FormPlaceContext value={{ inventory, errors, textsPage: null }}>
        <Arguments fields={fields} drafts={drafts} onChange={() => undefined} />
      </FormPlaceContext>
    </MantineProvider>,
  );
}

describe("the form of a built-in recipe", () => {
  it.each(WITH_FIELDS)("gives back what was put in: %s", (_, fields) => {
    const values = valuesIn(fields);
    expect(valuesOf(fields, firstDrafts(fields, values))).toEqual(values);
  });

  it.each(WITH_FIELDS)("shows the API's words at every place: %s", (_, fields) => {
    const drafts = firstDrafts(fields, valuesIn(fields));
    for (const place of placesOf(fields, drafts)) {
      expect(markup(fields, drafts, { [place]: "Words of the API." })).toContain(
        "Words of the API.",
      );
    }
  });

  it.each(WITH_FIELDS)("says what each argument is for: %s", (_, fields) => {
    const shown = markup(fields, firstDrafts(fields));
    for (const { title, help } of fields) {
      expect(shown).toContain(title);
      expect(help).not.toBe("");
    }
  });
});
