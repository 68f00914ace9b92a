import { describe, expect, it } from "vitest";
import type { Label, LabelChange } from "../../api/types";
import { bodyOf, isComplete } from "./ChooseChange";
import { touchedSentence } from "./CountedChange";
import { changeSentence, doneSentence, undoable, waitingSentence } from "./changeWords";

const LABELS: Label[] = ["FIELD", "VALUE", "PART"].map((name, position) => ({
  id: name.toLowerCase(),
  name,
  colour: "#1f6f5c",
  key: null,
  position,
  retired: false,
}));

function changeWith(parts: Partial<LabelChange>): LabelChange {
  return {
    id: "one",
    kind: "merge",
    state: "applied",
    labels: ["field"],
    into: ["value"],
    new_names: [],
    evaluation: false,
    look_again: false,
    answers: 120,
    evaluation_answers: 9,
    looks: 0,
    not_restored: 0,
    cluster_state: "active",
    created_by: "Dev",
    created_at: "2026-11-25T10:00:00Z",
    applied_at: "2026-11-25T10:01:00Z",
    undone_at: null,
    ...parts,
  };
}

describe("a change in words", () => {
  it.each([
    [{}, "FIELD merged into VALUE"],
    [{ labels: ["field", "part"] }, "FIELD and PART merged into VALUE"],
    [{ kind: "split", into: [], new_names: ["IN", "OUT"] }, "FIELD split into IN and OUT"],
    [{ kind: "delete", into: [] }, "FIELD deleted"],
  ] as [Partial<LabelChange>, string][])("%o", (parts, sentence) => {
    expect(changeSentence(changeWith(parts), LABELS)).toBe(sentence);
  });

  it.each([
    [{}, "120 answers"],
    [{ evaluation: true }, "120 answers, and 9 held-back ones"],
    [{ looks: 120 }, "120 answers; 120 examples to look at again"],
    [{ state: "undone" }, "restored exactly"],
    [{ state: "undone", not_restored: 1 }, "1 answer edited since kept the edit"],
  ] as [Partial<LabelChange>, string][])("what it did: %o", (parts, sentence) => {
    expect(doneSentence(changeWith(parts))).toBe(sentence);
  });

  it("says the count first, and that a silent cluster makes it wait", () => {
    const before = touchedSentence(changeWith({ state: "counted", kind: "delete" }));
    expect(before).toMatch(/^120 answers and 9 held-back answers use it today. They lose/);
    expect(waitingSentence(changeWith({ cluster_state: "silent" }))).toMatch(/The change waits/);
  });
});

describe("only the newest change can be undone", () => {
  const older = changeWith({});
  const newer = changeWith({ id: "two", applied_at: "2026-11-25T11:00:00Z" });
  it.each([
    [[older, newer], "two"],
    [[older, { ...newer, undone_at: "2026-11-25T12:00:00Z" }], "one"],
    [[older, { ...newer, state: "applying" }], null],
    [[], null],
  ] as [LabelChange[], string | null][])("%#", (changes, id) => {
    expect(undoable(changes)).toBe(id);
  });
});

describe("what is asked for", () => {
  const wish = { labels: ["field"], into: "value", names: "IN, OUT" };
  it("is sent as the API wants it", () => {
    expect(bodyOf("merge", wish)).toEqual({ kind: "merge", labels: ["field"], into: ["value"] });
    expect(bodyOf("split", wish).new_names).toEqual(["IN", "OUT"]);
    expect(bodyOf("delete", wish)).toEqual({ kind: "delete", labels: ["field"] });
  });
  it.each([
    ["merge", wish, true],
    ["merge", { ...wish, into: "field" }, false],
    ["merge", { ...wish, into: null }, false],
    ["split", { ...wish, names: "IN, IN" }, false],
    ["split", wish, true],
    ["delete", { ...wish, labels: [] }, false],
  ] as const)("%s %o is complete: %s", (kind, each, complete) => {
    expect(isComplete(kind, each as typeof wish)).toBe(complete);
  });
});
