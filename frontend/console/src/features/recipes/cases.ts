/** Every type of argument with a value that fits: what the tests of forms and words walk. */
import type { FieldType, RecipeField } from "../../api/types";
import type { Json } from "./drafts";

const ID = "12345678-1234-4678-8234-567812345678";

export const field = (
  name: string,
  type: FieldType,
  more: Partial<RecipeField> = {},
): RecipeField => ({
  name,
  title: `The ${name}`,
  help: `Why ${name}`,
  required: true,
  default: null,
  ...more,
  type,
});

const whole = (ge: number | null = null, le: number | null = null): FieldType => ({
  kind: "integer",
  ge,
  le,
  gt: null,
  lt: null,
});

const group = (name: string, fields: RecipeField[]) =>
  ({ kind: "group", name, title: `By ${name}`, help: "", fields }) as const;

export const CASES: Record<FieldType["kind"], { type: FieldType; value: Json }> = {
  string: { type: { kind: "string", pattern: "[a-z]+" }, value: "abc" },
  text: { type: { kind: "text" }, value: ID },
  integer: { type: whole(0, 9), value: 7 },
  number: { type: { kind: "number", ge: null, gt: 0, le: 1, lt: null }, value: 0.25 },
  boolean: { type: { kind: "boolean" }, value: true },
  uuid: { type: { kind: "uuid" }, value: ID },
  choice: { type: { kind: "choice", choices: ["red", 2] }, value: 2 },
  resource: { type: { kind: "resource", resource: "dataset", of: [] }, value: ID },
  optional: { type: { kind: "optional", inner: whole() }, value: 3 },
  list: {
    type: {
      kind: "list",
      item: { kind: "list", item: whole(), min_length: 0, max_length: 9 },
      min_length: 0,
      max_length: 9,
    },
    value: [[1, 2], []],
  },
  group: { type: group("limits", [field("low", whole(0))]), value: { low: 1 } },
  variant: {
    type: {
      kind: "variant",
      variants: [group("count", [field("top", whole())]), group("share", [field("top", whole())])],
    },
    value: { kind: "share", top: 4 },
  },
};
