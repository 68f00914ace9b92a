import { expect, test } from "vitest";
import { cut } from "./pieces";

test("marks and what stands between them are the whole text, emoji included", () => {
  const marks = [
    { start: 2, end: 4, label: "A" },
    { start: 4, end: 5, label: "B" },
  ];
  const pieces = cut("a😀bcd!", marks);
  expect(pieces.map((piece) => [piece.text, piece.label])).toEqual([
    ["a😀", null],
    ["bc", "A"],
    ["d", "B"],
    ["!", null],
  ]);
});

test("a text without marks is one piece, and an empty one none", () => {
  expect(cut("abc", []).map((piece) => piece.text)).toEqual(["abc"]);
  expect(cut("", [])).toEqual([]);
});

test("a mark that overlaps the one before is left out rather than shown wrong", () => {
  const marks = [
    { start: 0, end: 2, label: "A" },
    { start: 1, end: 3, label: "B" },
  ];
  expect(cut("abc", marks).map((piece) => piece.text)).toEqual(["ab", "c"]);
});
