import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Asset, Dataset, FieldType, Label, Model } from "../../api/types";
import { Arguments } from "./Arguments";
import { CASES, field } from "./cases";
import { firstDrafts } from "./drafts";
import { FormPlaceContext, type Inventory } from "./FormPlace";
import { takes } from "./fieldWords";
import { placesOf } from "./places";
import { choicesOf } from "./ResourceInput";

const NOTHING: Inventory = { datasets: [], assets: [], models: [], labels: [], secrets: [] };

const TEXTS = "https://annotate.example.org/texts/p1";

const KINDS = Object.entries(CASES) as [FieldType["kind"], (typeof CASES)["text"]][];

function markup(type: FieldType, value: unknown, errors: Record<string, string> = {}): string {
  const fields = [field("x", type)];
  return renderToStaticMarkup(
    <MantineProvider>
      <FormPlaceContext value={{ inventory: NOTHING, errors, textsPage: TEXTS }}>
        <Arguments
          fields={fields}
          drafts={firstDrafts(fields, { x: value as never })}
          onChange={() => undefined}
        />
      </FormPlaceContext>
    </MantineProvider>,
  );
}

describe("the form of a recipe", () => {
  it.each(KINDS)(
    "has an input for a %s, under its title and with its help",
    (_, { type, value }) => {
      const shown = markup(type, value);
      expect(shown).toContain("The x");
      expect(shown).toContain("Why x");
      expect(shown).toMatch(/<(input|button)/);
    },
  );

  it.each(KINDS)("shows what the API said at every place of a %s", (_, { type, value }) => {
    const fields = [field("x", type)];
    for (const place of placesOf(fields, firstDrafts(fields, { x: value }))) {
      expect(markup(type, value, { [place]: "Words of the API." })).toContain("Words of the API.");
    }
    expect(markup(type, value)).not.toContain("Words of the API.");
  });

  it.each(KINDS)("has words for what a %s takes", (_, { type }) => {
    expect(takes(type)).toMatch(/^[A-Z]/);
  });
});

describe("an argument of free text", () => {
  const { type, value } = CASES.text;

  it("leads to where it is written on the cluster, in a new tab that knows nothing of this", () => {
    const link = /<a [^>]*href="([^"]+)"[^>]*>Write another on the cluster/.exec(
      markup(type, value),
    );
    expect(link?.[1]).toMatch(/^https:\/\/annotate\.example\.org\/texts\/p1\?for=[0-9a-f-]{36}$/);
    expect(link?.[0]).toContain('rel="noopener noreferrer"');
  });

  it("has no box to type more than an id into", () => {
    expect(markup(type, value)).not.toContain("<textarea");
  });
});

describe("pickers", () => {
  const inventory: Inventory = {
    datasets: [
      { id: "d1", name: "train", role: "training" } as Dataset,
      { id: "d2", name: "held", role: "evaluation" } as Dataset,
    ],
    assets: [
      { id: "a1", name: "rules", kind: "patterns", state: "ready" } as Asset,
      { id: "a2", name: "no rules yet", kind: "patterns", state: "empty" } as Asset,
      { id: "a3", name: "file", kind: "data", state: "ready" } as Asset,
    ],
    models: [
      {
        id: "m1",
        name: "small",
        component: "textcat_multilabel",
        trained_at: "2026-01-01",
      } as Model,
      { id: "m2", name: "untrained", component: "textcat_multilabel", trained_at: null } as Model,
    ],
    labels: [
      { id: "l1", name: "GOOD", retired: false } as Label,
      { id: "l2", name: "OLD", retired: true } as Label,
    ],
    secrets: [{ id: "s1", name: "api-key" }],
  };
  const names = (resource: Parameters<typeof choicesOf>[0]["resource"], of: string[] = []) =>
    choicesOf({ kind: "resource", resource, of }, inventory)?.map(({ label }) => label);

  it("offer what is ready and of the kind that is asked for", () => {
    expect(names("dataset")).toEqual(["train", "held"]);
    expect(names("dataset", ["evaluation"])).toEqual(["held"]);
    expect(names("asset", ["patterns"])).toEqual(["rules"]);
    expect(names("model", ["textcat-multilabel"])).toEqual(["small"]);
    expect(names("label")).toEqual(["GOOD"]);
    expect(names("secret")).toEqual(["api-key"]);
  });

  it("leave what only the cluster knows to its id", () => {
    expect(names("endpoint")).toBeUndefined();
  });
});
