import { describe, expect, test } from "vitest";
import {
  applyLabel,
  beginSelection,
  type Editor,
  endSelection,
  exampleMark,
  extendSelection,
  identicalRanges,
  MARKS,
  markIdentical,
  moveCaret,
  openEditor,
  undo,
} from "../src";
import { exampleOf } from "./worker";

const open = (text: string): Editor =>
  openEditor(exampleOf("e", text), { question: MARKS, snap: "token", armed: null });
const markFirst = (text: string) => applyLabel(moveCaret(open(text), 1), "l1");
const marked = (editor: Editor) =>
  editor.content.spans.map((span) => `${span.start}=${editor.index.slice(span.start, span.end)}`);

describe("identical text", () => {
  test("is marked as whole words, once each, and one undo takes all back", () => {
    const one = markFirst("Ada met Ada and Adam . Ada left");
    const all = markIdentical(one);
    expect(marked(all)).toEqual(["0=Ada", "8=Ada", "23=Ada"]);
    expect(marked(undo(all))).toEqual(["0=Ada"]);
  });

  test("what is marked already is left as it is", () => {
    const both = applyLabel(moveCaret(moveCaret(markFirst("Ada met Ada Ada"), 1), 1), "l2");
    const all = markIdentical({ ...both, caret: { start: 0, end: 3 } });
    expect(all.content.spans.map((span) => span.label)).toEqual(["l1", "l2", "l1"]);
  });

  test("emoji and repeated characters are neither split nor overlapped", () => {
    expect(marked(markIdentical(markFirst("👩‍👩‍👧 x 👩‍👩‍👧‍👦 👩‍👩‍👧")))).toHaveLength(2);
    const free = { ...open("aaaa"), snap: "character" as const };
    const pair = endSelection(extendSelection(beginSelection(free, 0), 2));
    expect(marked(markIdentical(applyLabel(pair, "l1")))).toEqual(["0=aa", "2=aa"]);
  });

  test("with the pointer it is the mark made last, and there is nothing to do without one", () => {
    const text = "Ada met Ada";
    const selected = endSelection(extendSelection(beginSelection(open(text), 0), 3));
    const pointed = applyLabel(selected, "l1");
    expect(exampleMark(pointed)).toEqual({ start: 0, end: 3, label: "l1" });
    expect(markIdentical(open(text))).toEqual(open(text));
  });

  test("a text of 20,000 tokens is searched to its end", () => {
    const text = "word ".repeat(19_000) + "Adas ".repeat(1000);
    const tokens = Array.from({ length: 20_000 }, (_, at) => [at * 5, at * 5 + 4] as const);
    const long = openEditor(
      { ...exampleOf("e", ""), text, tokens },
      { question: MARKS, snap: "token", armed: null },
    );
    expect(identicalRanges(long, { start: 95_000, end: 95_004, label: "l" })).toHaveLength(1000);
  });
});
