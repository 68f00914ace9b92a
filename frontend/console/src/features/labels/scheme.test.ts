import { describe, expect, it } from "vitest";
import {
  addLabels,
  changeLabel,
  draftOf,
  dropLabel,
  moveLabel,
  problemsOf,
  schemeOf,
} from "./scheme";

const three = () => addLabels([], "OPERATION, FIELD; VALUE");

describe("label scheme", () => {
  it("adds a line of names with their own keys and colours", () => {
    const labels = schemeOf(three());
    expect(labels.map(({ name, key, position }) => [name, key, position])).toEqual([
      ["OPERATION", "1", 0],
      ["FIELD", "2", 1],
      ["VALUE", "3", 2],
    ]);
    expect(new Set(labels.map(({ colour }) => colour)).size).toBe(3);
  });

  it("leaves out blanks and names that are there already", () => {
    expect(addLabels(three(), "FIELD, , NEW").map(({ name }) => name)).toEqual([
      "OPERATION",
      "FIELD",
      "VALUE",
      "NEW",
    ]);
  });

  it("keeps ids and sends no screen-only field", () => {
    const [label] = schemeOf(
      draftOf([
        { id: "7", name: " A ", colour: "#111111", key: null, position: 4, retired: false },
      ]),
    );
    expect(label).toEqual({
      id: "7",
      name: "A",
      colour: "#111111",
      key: null,
      position: 0,
      retired: false,
    });
  });

  it("moves a label and stays at the ends", () => {
    const draft = three();
    const first = draft[0]?.row ?? "";
    expect(moveLabel(draft, first, 1).map(({ name }) => name)).toEqual([
      "FIELD",
      "OPERATION",
      "VALUE",
    ]);
    expect(moveLabel(draft, first, -1)).toEqual(draft);
  });

  it("drops only what was never saved", () => {
    const saved = draftOf([
      { id: "7", name: "A", colour: "#111111", key: "1", position: 0, retired: false },
    ]);
    expect(dropLabel(saved, "7")).toHaveLength(1);
    const draft = three();
    expect(dropLabel(draft, draft[1]?.row ?? "")).toHaveLength(2);
  });

  it("finds double names, double keys and keys that are no key", () => {
    const draft = three();
    const [a, b, c] = draft.map(({ row }) => row) as [string, string, string];
    const doubled = changeLabel(changeLabel(draft, b, { name: "OPERATION" }), c, { key: "1" });
    const problems = problemsOf(doubled);
    expect(problems.get(a)).toEqual({
      name: "Another label has this name.",
      key: "Another label has this key.",
    });
    expect(problems.get(b)?.name).toBe("Another label has this name.");
    expect(problems.get(c)?.key).toBe("Another label has this key.");
    expect(problemsOf(changeLabel(draft, a, { key: "É" })).get(a)?.key).toBe(
      "One digit or small letter.",
    );
    expect(problemsOf(changeLabel(draft, a, { name: " " })).get(a)?.name).toBe("Give it a name.");
  });
});
