/** What stands in a form's inputs while someone fills it in, and the JSON that it stands for. */
import type { FieldType, RecipeField } from "../../api/types";

export interface OptionalDraft {
  /** Switched off it stands for null, and keeps what was typed. */
  on: boolean;
  inner: Draft;
}

export interface ListDraft {
  rows: { row: number; item: Draft }[];
}

export interface GroupDraft {
  members: Record<string, Draft>;
}

export interface VariantDraft {
  chosen: string;
  members: Record<string, Draft>;
}

/** The draft of each type; a number is text while it is none. */
export interface DraftOf {
  string: string;
  text: string;
  integer: number | string;
  number: number | string;
  boolean: boolean;
  uuid: string;
  choice: string | number | null;
  resource: string;
  optional: OptionalDraft;
  list: ListDraft;
  group: GroupDraft;
  variant: VariantDraft;
}

export type Draft = DraftOf[keyof DraftOf];
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Values = Record<string, Json>;

/** The first draft of a recipe's fields: defaults where there are any. */
export function firstDrafts(fields: RecipeField[], values: Values = {}): Record<string, Draft> {
  return Object.fromEntries(
    fields.map((field) => [field.name, firstDraft(field.type, valueAt(field, values))]),
  );
}

function valueAt(field: RecipeField, values: Values): Json | undefined {
  if (field.name in values) return values[field.name];
  return field.required ? undefined : (field.default as Json);
}

/** The draft of a value; of nothing, an empty one. */
export function firstDraft(type: FieldType, value?: Json): Draft {
  switch (type.kind) {
    case "boolean":
      return value === true;
    case "choice":
      return typeof value === "string" || typeof value === "number" ? value : null;
    case "optional":
      return {
        on: value !== undefined && value !== null,
        inner: firstDraft(type.inner, value ?? undefined),
      };
    case "list":
      return {
        rows: listed(value).map((item, row) => ({ row, item: firstDraft(type.item, item) })),
      };
    case "group":
      return { members: firstDrafts(type.fields, named(value)) };
    case "variant":
      return firstVariant(type.variants, named(value));
    case "integer":
    case "number":
      return typeof value === "number" ? value : "";
    default:
      return typeof value === "string" ? value : "";
  }
}

type Group = Extract<FieldType, { kind: "group" }>;

function firstVariant(variants: Group[], { kind, ...values }: Values): VariantDraft {
  const found = variants.find(({ name }) => name === kind) ?? variants[0];
  return { chosen: found?.name ?? "", members: firstDrafts(found?.fields ?? [], values) };
}

/** Choose another variant; what both have under one name stays only when it is chosen again. */
export function chooseVariant(variants: Group[], chosen: string): VariantDraft {
  return firstVariant(variants, { kind: chosen });
}

function listed(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function named(value: Json | undefined): Values {
  const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
  return isGroup ? value : {};
}

/** The arguments that drafts stand for. What was not filled in is left out, for the API to name. */
export function valuesOf(fields: RecipeField[], drafts: Record<string, Draft>): Values {
  const values: Values = {};
  for (const { name, type } of fields) {
    const value = jsonOf(type, drafts[name] ?? firstDraft(type));
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function jsonOf(type: FieldType, draft: Draft): Json | undefined {
  switch (type.kind) {
    case "optional":
      return optionalValue(type.inner, draft as OptionalDraft);
    case "list":
      return (draft as ListDraft).rows.map(({ item }) => jsonOf(type.item, item) ?? null);
    case "group":
      return valuesOf(type.fields, (draft as GroupDraft).members);
    case "variant":
      return variantValue(type.variants, draft as VariantDraft);
    case "string":
    case "boolean":
      return draft as string | boolean;
    default:
      return draft === "" || draft === null ? undefined : (draft as string | number);
  }
}

function optionalValue(inner: FieldType, { on, inner: draft }: OptionalDraft): Json {
  // Left out, it would be taken for nothing; the API shall say what is missing.
  return on ? (jsonOf(inner, draft) ?? "") : null;
}

function variantValue(variants: Group[], { chosen, members }: VariantDraft): Json {
  const fields = variants.find(({ name }) => name === chosen)?.fields ?? [];
  return { kind: chosen, ...valuesOf(fields, members) };
}

/** The values without those that are their field's default anyway. */
export function withoutDefaults(fields: RecipeField[], values: Values): Values {
  const kept = fields.filter(
    ({ name, required, default: usual }) =>
      name in values && (required || JSON.stringify(values[name]) !== JSON.stringify(usual)),
  );
  return Object.fromEntries(kept.map(({ name }) => [name, values[name] as Json]));
}

/** A list with one more, empty item at its end. */
export function addRow({ rows }: ListDraft, item: FieldType): ListDraft {
  const row = Math.max(-1, ...rows.map((each) => each.row)) + 1;
  return { rows: [...rows, { row, item: firstDraft(item) }] };
}

export function changeRow({ rows }: ListDraft, row: number, item: Draft): ListDraft {
  return { rows: rows.map((each) => (each.row === row ? { row, item } : each)) };
}

export function removeRow({ rows }: ListDraft, row: number): ListDraft {
  return { rows: rows.filter((each) => each.row !== row) };
}

/** The list with an item one place further up or down; at either end nothing changes. */
export function moveRow({ rows }: ListDraft, row: number, by: -1 | 1): ListDraft {
  const from = rows.findIndex((each) => each.row === row);
  const to = from + by;
  if (from < 0 || to < 0 || to >= rows.length) return { rows };
  const moved = [...rows];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return { rows: moved };
}
