import { describe, expect, test } from "vitest";
import {
  chunksOf,
  type DrawnChunk,
  directionAt,
  drawnChunks,
  MARKS,
  markRange,
  openEditor,
  sameDrawing,
  TextIndex,
} from "../src";
import { exampleOf } from "./worker";

const SENTENCE = "The list of tables is returned one page at a time, with a token. ";
const TEXTS = {
  empty: "",
  short: "One line.\nAnother.",
  lines: "A line of a log file that says little\n".repeat(400),
  "one paragraph": SENTENCE.repeat(300),
  crlf: "First half\r\nsecond half\r\n".repeat(300),
  arabic: "يعمل محمد في بغداد منذ عام. See AWS. ".repeat(200),
  japanese: "田中さんは東京都で働いています。".repeat(400),
  "no blank at all": "👩‍👩‍👧‍👦é".repeat(900),
};

describe.each(Object.entries(TEXTS))("%s", (_name, text) => {
  const index = new TextIndex(text);
  const chunks = chunksOf(index);

  test("chunks hold the text without gaps, each short enough, no character split", () => {
    expect(chunks.map(({ start, end }) => index.slice(start, end)).join("")).toBe(text);
    for (const { start, end } of chunks) {
      expect(end - start).toBeLessThanOrEqual(1800);
      expect(index.snapToGraphemes({ start, end })).toEqual({ start, end });
    }
  });
});

test("only what goes on with a paragraph is told its direction", () => {
  const directions = chunksOf(new TextIndex(TEXTS.arabic)).map((chunk) => chunk.direction);
  expect(new Set(directions)).toEqual(new Set(["auto", "rtl"]));
  const lines = chunksOf(new TextIndex(TEXTS.lines)).map((chunk) => chunk.direction);
  expect(new Set(lines)).toEqual(new Set(["auto"]));
});

test.each([
  ["lines", []],
  ["one paragraph", ["paragraph"]],
  ["japanese", ["paragraph"]],
  ["no blank at all", ["word"]],
] as const)("%s: a piece says how it goes on with the one before", (name, expected) => {
  const [first, ...rest] = chunksOf(new TextIndex(TEXTS[name])).map((chunk) => chunk.continues);
  expect(first).toBeNull();
  expect([...new Set(rest)].filter(Boolean)).toEqual(expected);
});

test.each([
  [0, "ltr"],
  [4, "ltr"],
  [8, "rtl"],
  [20, "ltr"],
])("the paragraph around %i runs %s", (offset, direction) => {
  const index = new TextIndex("😀 Ada\n\n1. שלום Ada\nZoë שלום");
  expect(directionAt(index, offset)).toBe(direction);
});

describe("drawing", () => {
  const text = TEXTS["one paragraph"];
  const open = () =>
    openEditor(exampleOf("e", text), { question: MARKS, snap: "character", armed: null });

  test("a mark over a cut is drawn in both chunks, and named where it ends", () => {
    const edge = chunksOf(new TextIndex(text))[0]?.end ?? 0;
    const marked = markRange(open(), { start: edge - 7, end: edge + 3 }, "l1");
    const parts = drawnChunks(marked).flatMap(({ segments }) =>
      segments.filter((one) => one.kind === "span"),
    );
    expect(parts.map((part) => [part.start, part.end, part.isStart, part.isEnd])).toEqual([
      [edge - 7, edge, true, false],
      [edge, edge + 3, false, true],
    ]);
  });

  test("a key changes one chunk, and the others need not be drawn again", () => {
    const before = open();
    const after = markRange(before, { start: 4, end: 8 }, "l1");
    const [old, fresh] = [drawnChunks(before), drawnChunks(after)];
    const changed = old.filter((chunk, at) => {
      const now = fresh[at];
      return !now || !sameDrawing(chunk, now);
    });
    expect(changed.map((chunk) => chunk.start)).toEqual([0]);
  });
});

test("another text of the same length is drawn anew", () => {
  const [one, other] = ["Example 1 of Ada.", "Example 2 of Ada."].map((text) => {
    const editor = openEditor(exampleOf("e", text), {
      question: MARKS,
      snap: "character",
      armed: null,
    });
    return drawnChunks(editor)[0] as DrawnChunk;
  });
  expect(sameDrawing(one as DrawnChunk, other as DrawnChunk)).toBe(false);
});
