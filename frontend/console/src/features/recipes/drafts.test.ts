import { describe, expect, it } from "vitest";
import { CASES, field } from "./cases";
import {
  addRow,
  chooseVariant,
  firstDrafts,
  type ListDraft,
  moveRow,
  type OptionalDraft,
  removeRow,
  valuesOf,
  withoutDefaults,
} from "./drafts";

const { list, optional, variant, integer } = CASES;

describe("drafts", () => {
  it.each(Object.entries(CASES))("of a %s stand for the value that they came from", (_, one) => {
    const fields = [field("x", one.type)];
    expect(valuesOf(fields, firstDrafts(fields, { x: one.value }))).toEqual({ x: one.value });
  });

  it("begin with the defaults", () => {
    const fields = [
      field("speed", integer.type, { required: false, default: 5 }),
      field("top", optional.type, { required: false }),
    ];
    expect(valuesOf(fields, firstDrafts(fields))).toEqual({ speed: 5, top: null });
  });

  it("leave out what was not filled in, for the API to name", () => {
    const fields = Object.entries(CASES).map(([kind, { type }]) => field(kind, type));
    expect(valuesOf(fields, firstDrafts(fields))).toEqual({
      string: "",
      boolean: false,
      optional: null,
      list: [],
      group: {},
      variant: { kind: "count" },
    });
  });

  it("keep what was typed behind a switch that is off", () => {
    const draft = firstDrafts([field("x", optional.type)], { x: 3 });
    const off = { x: { ...(draft.x as OptionalDraft), on: false } };
    expect(valuesOf([field("x", optional.type)], off)).toEqual({ x: null });
    expect(off.x).toMatchObject({ inner: 3 });
  });
});

describe("rows of a list", () => {
  const type = list.type.kind === "list" ? list.type.item : integer.type;
  const three = [1, 2, 3].reduce((rows) => addRow(rows, integer.type), { rows: [] } as ListDraft);
  const order = ({ rows }: ListDraft) => rows.map(({ row }) => row);

  it("are added, moved and removed, and keep their keys", () => {
    expect(order(three)).toEqual([0, 1, 2]);
    expect(order(moveRow(three, 2, -1))).toEqual([0, 2, 1]);
    expect(order(moveRow(three, 0, -1))).toEqual([0, 1, 2]);
    expect(order(moveRow(three, 2, 1))).toEqual([0, 1, 2]);
    expect(order(addRow(removeRow(three, 1), type))).toEqual([0, 2, 3]);
  });
});

describe("variants", () => {
  it("begin anew when another is chosen", () => {
    const variants = variant.type.kind === "variant" ? variant.type.variants : [];
    expect(chooseVariant(variants, "share")).toEqual({ chosen: "share", members: { top: "" } });
  });
});

describe("withoutDefaults", () => {
  it("leaves what says something", () => {
    const usual = { required: false, default: [1] };
    const fields = [
      field("same", list.type, usual),
      field("other", list.type, usual),
      field("must", integer.type),
    ];
    expect(withoutDefaults(fields, { same: [1], other: [2], must: 1 })).toEqual({
      other: [2],
      must: 1,
    });
  });
});
