import { describe, expect, test } from "vitest";
import {
  acceptAllSuggestions,
  annotationOf,
  applyLabel,
  beginSelection,
  clearAtCaret,
  confirmProposal,
  dismissSuggestion,
  type Editor,
  endSelection,
  extendCaret,
  extendSelection,
  flag,
  letGo,
  MARKS,
  markRange,
  moveCaret,
  moveToEnd,
  moveToSuggestion,
  openEditor,
  openSuggestions,
  redo,
  segments,
  selectWord,
  snapTo,
  takeSuggestion,
  undo,
  unflag,
} from "../src";
import { exampleOf } from "./worker";

const TEXT = "call GetPage with pageToken now";
const FREE = { question: MARKS, snap: "token", armed: null } as const;
const open = (text = TEXT, suggestions: Parameters<typeof exampleOf>[2] = []): Editor =>
  openEditor(exampleOf("e1", text, suggestions), FREE);
const texts = (editor: Editor) =>
  editor.content.spans.map((span) => `${editor.index.slice(span.start, span.end)}=${span.label}`);
const drag = (editor: Editor, from: number, to: number) =>
  endSelection(extendSelection(beginSelection(editor, from), to));
const GETPAGE = { start: 5, end: 12, label: "l1" };
const TOKEN = { start: 18, end: 27, label: "l2" };

describe("marking", () => {
  test("select first, then the label", () => {
    const selected = drag(open(), 7, 10);
    expect(selected.selection).not.toBeNull();
    expect(texts(applyLabel(selected, "l1"))).toEqual(["GetPage=l1"]);
  });

  test("label first, then every selection takes it", () => {
    const armed = applyLabel(open(), "l2");
    expect(armed.content.spans).toEqual([]);
    expect(texts(drag(drag(armed, 6, 9), 27, 20))).toEqual(["GetPage=l2", "pageToken=l2"]);
  });

  test("keyboard alone: arrows, Shift and a label", () => {
    let editor = moveCaret(moveCaret(open(), 1), 1);
    editor = extendCaret(extendCaret(editor, 1), 1);
    expect(texts(applyLabel(editor, "l1"))).toEqual(["GetPage with pageToken=l1"]);
    editor = extendCaret(editor, -1);
    expect(texts(applyLabel(editor, "l1"))).toEqual(["GetPage with=l1"]);
    expect(texts(applyLabel(moveToEnd(open()), "l1"))).toEqual(["now=l1"]);
  });

  test("character mode marks part of a token", () => {
    expect(texts(applyLabel(drag(snapTo(open(), "character"), 8, 12), "l1"))).toEqual(["Page=l1"]);
  });

  test("double click takes the word, marked at once when a label is armed", () => {
    expect(texts(applyLabel(selectWord(open(), 20), "l1"))).toEqual(["pageToken=l1"]);
    expect(texts(selectWord(applyLabel(open(), "l2"), 20))).toEqual(["pageToken=l2"]);
  });

  test("a selection of blanks marks nothing", () => {
    const editor = drag(applyLabel(snapTo(open("a   b"), "character"), "l1"), 1, 3);
    expect(editor.content.spans).toEqual([]);
    expect(editor.selection).toBeNull();
  });
});

describe("never overwrite silently", () => {
  const marked = markRange(open(), GETPAGE, "l1");

  test("an overlap is proposed, and replaces only when confirmed", () => {
    const proposed = markRange(marked, { start: 0, end: 12 }, "l2");
    expect(texts(proposed)).toEqual(["GetPage=l1"]);
    expect(proposed.proposal?.replaces).toEqual([GETPAGE]);
    expect(texts(confirmProposal(proposed))).toEqual(["call GetPage=l2"]);
    expect(texts(applyLabel(proposed, "l2"))).toEqual(["call GetPage=l2"]);
    expect(texts(letGo(proposed))).toEqual(["GetPage=l1"]);
  });

  test("the same range takes the new label, and undo brings the old one back", () => {
    const relabelled = markRange(marked, GETPAGE, "l2");
    expect(texts(relabelled)).toEqual(["GetPage=l2"]);
    expect(texts(undo(relabelled))).toEqual(["GetPage=l1"]);
  });

  test("a click on a mark stands on it; a label changes it, Backspace takes it away", () => {
    const standing = drag(marked, 7, 7);
    expect(texts(applyLabel(standing, "l2"))).toEqual(["GetPage=l2"]);
    expect(texts(clearAtCaret(standing))).toEqual([]);
  });
});

describe("suggestions", () => {
  const suggested = open(TEXT, [GETPAGE, TOKEN]);

  test("are not decisions until taken", () => {
    expect(annotationOf(suggested).spans).toEqual([]);
    expect(texts(acceptAllSuggestions(suggested))).toEqual(["GetPage=l1", "pageToken=l2"]);
  });

  test("Tab walks them and ends", () => {
    const first = moveToSuggestion(suggested, 1) as Editor;
    const second = moveToSuggestion(first, 1) as Editor;
    expect([first.caret?.start, second.caret?.start]).toEqual([5, 18]);
    expect(moveToSuggestion(second, 1)).toBeNull();
    expect(moveToSuggestion(second, -1)?.caret?.start).toBe(5);
  });

  test("one is taken as it is, or with another label", () => {
    const first = moveToSuggestion(suggested, 1) as Editor;
    const taken = takeSuggestion(first);
    expect(texts(taken)).toEqual(["GetPage=l1"]);
    expect(taken.caret?.start).toBe(18);
    expect(texts(applyLabel(first, "l2"))).toEqual(["GetPage=l2"]);
  });

  test("a refused one stays away, also from accept", () => {
    const refused = dismissSuggestion(suggested, GETPAGE);
    expect(openSuggestions(refused)).toEqual([TOKEN]);
    expect(texts(acceptAllSuggestions(refused))).toEqual(["pageToken=l2"]);
  });

  test("a taken one that is removed does not come back", () => {
    const taken = takeSuggestion(moveToSuggestion(suggested, 1) as Editor);
    const removed = clearAtCaret({ ...taken, caret: GETPAGE });
    expect(texts(acceptAllSuggestions(removed))).toEqual(["pageToken=l2"]);
  });

  test("one under a decision is hidden, not merged", () => {
    const decided = markRange(suggested, { start: 0, end: 12 }, "l2");
    expect(openSuggestions(decided)).toEqual([TOKEN]);
  });
});

describe("undo and redo", () => {
  test("walk every change, flags too, and a new change ends redo", () => {
    const flagged = flag(markRange(open(), GETPAGE, "l1"), "odd");
    const back = undo(undo(flagged));
    expect([back.content.flagged, texts(back)]).toEqual([false, []]);
    expect(redo(redo(back)).content).toEqual(flagged.content);
    expect(redo(markRange(undo(flagged), TOKEN, "l2")).content.flagged).toBe(false);
    expect(unflag(flagged).content.note).toBe("");
  });

  test("commands with nothing to do return the same state", () => {
    const editor = open();
    expect([undo(editor), redo(editor), unflag(editor), clearAtCaret(editor)]).toEqual([
      editor,
      editor,
      editor,
      editor,
    ]);
  });
});

describe("segments", () => {
  test("cover the text once and show the preview of the snap while dragging", () => {
    const dragging = extendSelection(beginSelection(markRange(open(), TOKEN, "l2"), 7), 10);
    const drawn = segments(dragging);
    expect(drawn.flatMap((segment) => segment.pieces.map((piece) => piece.text)).join("")).toBe(
      TEXT,
    );
    const selected = drawn.flatMap((segment) => segment.pieces).filter((piece) => piece.selected);
    expect(selected.map((piece) => piece.text)).toEqual(["GetPage"]);
    expect(drawn.find((segment) => segment.kind === "span")?.label).toBe("l2");
  });

  test.each([
    ["emoji", "see 👨‍👩‍👧 and 😀 ok"],
    ["combining", "un cafe\u0301 noir"],
    ["crlf", "one\r\ntwo three"],
    ["arabic", "مَرْحَبًا بالعالم اليوم"],
    ["hebrew", "שָׁלוֹם עולם טוב"],
    ["japanese", "東京 都は 日本"],
  ])("%s: the second token is marked whole and the text survives", (_name, text) => {
    const editor = applyLabel(moveCaret(moveCaret(open(text), 1), 1), "l1");
    const drawn = segments(editor);
    expect(drawn.map((one) => one.pieces.map((piece) => piece.text).join("")).join("")).toBe(text);
    const mark = drawn.find((one) => one.kind === "span");
    expect(mark?.pieces.map((piece) => piece.text).join("")).toBe(text.split(/\s+/)[1]);
    const [span] = editor.content.spans;
    expect([...text].slice(span?.start, span?.end).join("")).toBe(text.split(/\s+/)[1]);
  });

  test("a text of 20,000 tokens is cut in a few milliseconds", () => {
    const tokens = Array.from({ length: 20_000 }, (_, at) => [at * 5, at * 5 + 4] as const);
    const example = { ...exampleOf("long", ""), text: "word ".repeat(20_000), tokens };
    const long = openEditor(example, FREE);
    const marked = markRange(
      markRange(long, { start: 10, end: 14 }, "l1"),
      { start: 90_000, end: 90_004 },
      "l2",
    );
    const begun = performance.now();
    expect(segments(marked).filter((one) => one.kind === "span")).toHaveLength(2);
    expect(performance.now() - begun).toBeLessThan(50);
  });
});
