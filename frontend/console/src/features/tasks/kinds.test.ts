import { describe, expect, it } from "vitest";
import { componentOf, KINDS, kindOf } from "./kinds";

describe("kinds of tasks", () => {
  it.each(Object.entries(KINDS))("read %s back from what was stored", (kind, words) => {
    expect(kindOf(words)).toBe(kind);
  });

  it("teach what the newest task asks", () => {
    expect(componentOf([])).toBe("ner");
    expect(componentOf([KINDS.marks, KINDS.one])).toBe("textcat");
    expect(componentOf([KINDS.one, KINDS.several])).toBe("textcat_multilabel");
  });
});
