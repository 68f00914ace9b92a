import { expect, test } from "vitest";
import {
  applyLabel,
  type Editor,
  letGo,
  MARKS,
  moveCaret,
  openEditor,
  selectedRange,
  showHints,
  typeHint,
} from "../src";
import { exampleOf } from "./worker";

const mode = { question: MARKS, snap: "token", armed: null } as const;
const TEXT = "Ada Lovelace wrote to Charles Babbage .";
const open = (text: string) => openEditor(exampleOf("e", text), mode);
const everything = (editor: Editor) => ({ start: 0, end: editor.index.length });
const hinted = (text: string, keys: string[] = []) => {
  const editor = open(text);
  return showHints(editor, everything(editor), keys);
};
const type = (from: Editor, letters: string) =>
  [...letters].reduce((state, letter) => typeHint(state, letter) as Editor, from);
const codeOf = ({ hints, index }: Editor, word: string) =>
  [...(hints?.codes ?? [])].find(([, { start, end }]) => index.slice(start, end) === word)?.[0] ??
  "";

test("a letter for each word in sight, none for punctuation", () => {
  const { hints, index } = hinted(TEXT);
  const words = [...(hints?.codes.values() ?? [])].map(({ start, end }) => index.slice(start, end));
  expect(words).toEqual(["Ada", "Lovelace", "wrote", "to", "Charles", "Babbage"]);
  const editor = open(TEXT);
  expect(showHints(editor, { start: 13, end: 21 }, []).hints?.codes.size).toBe(2);
});

test("a word and the end of a mark: key, letters, letter, label", () => {
  const start = hinted(TEXT);
  const at = type(start, codeOf(start, "Charles"));
  expect([at.hints?.to, at.caret]).toEqual(["end", { start: 22, end: 29 }]);
  const to = type(at, codeOf(at, "Babbage"));
  expect([to.hints, selectedRange(to)]).toEqual([null, { start: 22, end: 37 }]);
  expect(applyLabel(to, "person").content.spans).toEqual([{ start: 22, end: 37, label: "person" }]);
});

test("many words have two letters each, and no more than there are pairs", () => {
  const many = hinted("word ".repeat(30));
  const codes = [...(many.hints?.codes.keys() ?? [])];
  expect([codes.length, new Set(codes).size, codes.every((code) => code.length === 2)]).toEqual([
    30,
    30,
    true,
  ]);
  const typed = type(many, codes[27]?.[0] ?? "");
  expect([typed.caret, typed.hints?.typed.length]).toEqual([null, 1]);
  expect(type(typed, codes[27]?.[1] ?? "").caret?.start).toBe(27 * 5);
  expect(hinted("word ".repeat(1000)).hints?.codes.size).toBe(676);
});

test("letters that are labels' keys mark, and name no end", () => {
  const start = hinted(TEXT, ["A", "1"]);
  expect(codeOf(start, "Ada")).toBe("a");
  const at = type(start, "a");
  expect([at.hints?.to, at.hints?.codes.has("a"), typeHint(at, "a")]).toEqual(["end", false, null]);
});

test("another key, a step or letting go ends it, and nothing is lost", () => {
  const start = hinted(TEXT);
  expect(typeHint(start, "ArrowRight")).toBeNull();
  expect(letGo(start).hints).toBeNull();
  const at = type(start, codeOf(start, "Ada"));
  expect([moveCaret(at, 1).hints, letGo(at).caret]).toEqual([null, at.caret]);
  expect(hinted("… !").hints).toBeNull();
});
