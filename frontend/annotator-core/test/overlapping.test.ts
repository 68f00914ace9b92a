import { describe, expect, test } from "vitest";
import {
  acceptAllSuggestions,
  acceptSuggestion,
  annotationOf,
  applyLabel,
  armLabel,
  beginSelection,
  chooseMark,
  clearAtCaret,
  connect,
  decided,
  type Editor,
  endSelection,
  extendSelection,
  isChoosing,
  layeredChunks,
  layersOf,
  letGo,
  markIdentical,
  markInHand,
  markRange,
  moveCaret,
  moveToMark,
  openEditor,
  openSuggestions,
  pickMark,
  questionOf,
  redo,
  relabelSpan,
  removeLink,
  removeSpan,
  type Span,
  takeUp,
  toggleConnecting,
  undo,
} from "../src";
import { exampleOf } from "./worker";

const TEXT = "the New York Times of New York";
const MODE = {
  question: { kind: "marks", overlap: true, relate: true },
  snap: "token",
  armed: null,
} as const;
const CITY: Span = { start: 4, end: 12, label: "place" };
const PAPER: Span = { start: 4, end: 18, label: "org" };
const OTHER: Span = { start: 22, end: 30, label: "place" };
const open = (suggestions: readonly Span[] = []): Editor =>
  openEditor(exampleOf("e1", TEXT, suggestions), MODE);
const mark = (editor: Editor, ...spans: readonly Span[]) =>
  spans.reduce((state, span) => markRange(state, span, span.label), editor);
const click = (editor: Editor, at: number) => endSelection(beginSelection(editor, at));
const drag = (editor: Editor, from: number, to: number) =>
  endSelection(extendSelection(beginSelection(editor, from), to));
const marked = () => mark(open(), CITY, PAPER, OTHER);

describe("marks that may overlap", () => {
  test("stand over and beside each other, and the same one once", () => {
    const editor = mark(open(), PAPER, CITY, CITY, { ...CITY, label: "org" });
    expect(editor.content.spans).toEqual([CITY, { ...CITY, label: "org" }, PAPER]);
    expect(editor.proposal).toBeNull();
  });

  test("a click takes the innermost, another the one around it, a third the word", () => {
    const inner = click(marked(), 5);
    expect(markInHand(inner)?.span).toEqual(CITY);
    const outer = click(inner, 5);
    expect(markInHand(outer)?.span).toEqual(PAPER);
    const word = click(outer, 5);
    expect(markInHand(word)).toBeNull();
    expect(word.caret).toEqual({ start: 4, end: 7 });
  });

  test("a label changes the mark in hand, and marks the word without one", () => {
    const changed = applyLabel(click(marked(), 5), "org");
    expect(changed.content.spans).toContainEqual({ ...CITY, label: "org" });
    expect(changed.content.spans).toHaveLength(3);
    const word = applyLabel(moveCaret(marked(), 1), "place");
    expect(word.content.spans).toHaveLength(4);
  });

  test("a mark that becomes one that is there already is one mark", () => {
    const twice = mark(open(), CITY, { ...CITY, label: "org" });
    expect(relabelSpan(twice, CITY, "org").content.spans).toEqual([{ ...CITY, label: "org" }]);
  });

  test("keys reach each by itself, and the one in hand is taken away", () => {
    const first = moveToMark(marked(), 1);
    const second = moveToMark(first, 1);
    expect([first, second].map((editor) => markInHand(editor)?.span)).toEqual([CITY, PAPER]);
    expect(markInHand(moveToMark(first, -1))?.span).toEqual(OTHER);
    expect(clearAtCaret(second).content.spans).toEqual([CITY, OTHER]);
    const word = { ...second, focus: null, caret: { start: 4, end: 7 } };
    expect(clearAtCaret(word).content.spans).toEqual([PAPER, OTHER]);
  });

  test("a selection after a click marks beside the mark that was clicked", () => {
    const editor = applyLabel(drag(click(marked(), 5), 4, 18), "place");
    expect(editor.content.spans).toContainEqual({ start: 4, end: 18, label: "place" });
    expect(editor.content.spans).toContainEqual(CITY);
  });

  test("suggestions are offered beside other marks, and not once they are taken or changed", () => {
    const editor = open([CITY, PAPER]);
    expect(openSuggestions(editor)).toEqual([CITY, PAPER]);
    expect(openSuggestions(mark(editor, { ...CITY, label: "org" }))).toEqual([CITY, PAPER]);
    expect(openSuggestions(acceptSuggestion(editor, CITY, "org"))).toEqual([PAPER]);
    const all = acceptAllSuggestions(editor);
    expect(all.content.spans).toEqual([CITY, PAPER]);
    expect(openSuggestions(relabelSpan(all, PAPER, "place"))).toEqual([]);
    expect(openSuggestions(removeSpan(all, PAPER))).toEqual([]);
  });

  test("the same words are marked where they are not marked so yet", () => {
    const editor = markIdentical(moveToMark(mark(open(), PAPER, CITY), 1));
    expect(editor.content.spans).toEqual([CITY, PAPER, OTHER]);
  });
});

describe("relations", () => {
  const connecting = () => toggleConnecting(marked());

  test("are of a head and a child, chosen by click, under the label that follows", () => {
    const chosen = pickMark(pickMark(connecting(), PAPER), OTHER);
    expect(chosen.connecting).toEqual({ head: PAPER, child: OTHER });
    const editor = applyLabel(chosen, "based-in");
    expect(annotationOf(editor).relations).toEqual([{ head: 1, child: 2, label: "based-in" }]);
    expect(editor.connecting).toEqual({ head: null, child: null });
    expect(annotationOf(undo(editor)).relations).toEqual([]);
    expect(annotationOf(redo(undo(editor))).relations).toHaveLength(1);
  });

  test("are made at once under an armed label, by keyboard", () => {
    const armed = applyLabel(connecting(), "based-in");
    expect([armed.armed, armed.armedLink]).toEqual([null, "based-in"]);
    const head = chooseMark(moveToMark(armed, 1));
    expect(isChoosing(head)).toBe(true);
    const editor = chooseMark(moveToMark(head, 1));
    expect(editor.content.links).toEqual([{ head: CITY, child: PAPER, label: "based-in" }]);
    expect(isChoosing(editor)).toBe(false);
  });

  test("a label connects the head with the mark in hand, without choosing that first", () => {
    const editor = applyLabel(moveToMark(chooseMark(moveToMark(connecting(), 1)), 1), "in");
    expect(editor.content.links).toEqual([{ head: CITY, child: PAPER, label: "in" }]);
  });

  test("join no mark with itself, and the same two under a label once", () => {
    const again = pickMark(pickMark(connecting(), CITY), CITY);
    expect(again.connecting).toEqual({ head: null, child: null });
    const link = { head: CITY, child: PAPER, label: "in" };
    expect(connect(connect(connecting(), link), link).content.links).toEqual([link]);
  });

  test("follow their marks: another label, and away", () => {
    const editor = connect(connecting(), { head: PAPER, child: OTHER, label: "in" });
    const renamed = relabelSpan(editor, OTHER, "org");
    expect(annotationOf(renamed).relations).toEqual([{ head: 1, child: 2, label: "in" }]);
    const [link] = renamed.content.links;
    expect(link && removeLink(renamed, link).content.links).toEqual([]);
    const gone = removeSpan(renamed, PAPER);
    expect([gone.content.spans.length, gone.content.links.length]).toEqual([2, 0]);
    expect(undo(gone).content.links).toHaveLength(1);
  });

  test("are let go of step by step", () => {
    const head = pickMark(connecting(), CITY);
    const steps = [letGo(head), letGo(letGo(head)), letGo(letGo(letGo(head)))];
    expect(steps.map(({ connecting, caret }) => [connecting, caret !== null])).toEqual([
      [{ head: null, child: null }, true],
      [{ head: null, child: null }, false],
      [null, false],
    ]);
  });

  test("nothing is marked while marks are connected", () => {
    const editor = drag(armLabel(connecting(), "place"), 0, 3);
    expect(editor.content.spans).toHaveLength(3);
  });

  test("come back with an answer and with a change that was not sent", () => {
    const answer = {
      id: "a",
      verdict: "accept" as const,
      version: 1,
      spans: [OTHER, CITY],
      relations: [{ head: 0, child: 1, label: "in" }],
      choices: [],
      flagged: false,
      note: "",
    };
    const example = exampleOf("e1", TEXT);
    const editor = openEditor(example, MODE, decided(example, answer));
    expect(annotationOf(editor).relations).toEqual([{ head: 1, child: 0, label: "in" }]);
    const unsent = takeUp(editor, { ...answer, relations: [] });
    expect(unsent.content.links).toEqual([]);
  });

  test("are asked for in their own view alone", () => {
    const task = { view: "overlapping", exclusive: false, labels: [] } as never;
    const question = questionOf(task);
    const editor = openEditor(exampleOf("e1", TEXT), { ...MODE, question });
    expect(toggleConnecting(editor)).toBe(editor);
    expect("relations" in annotationOf(editor)).toBe(false);
  });
});

describe("drawing", () => {
  const named = (label: string) => label;

  test("marks that share text are on lines of their own, the outer first", () => {
    const lines = layersOf(marked(), named).map(({ span, line }) => [span.start, span.end, line]);
    expect(lines).toEqual([
      [4, 18, 0],
      [4, 12, 1],
      [22, 30, 0],
    ]);
  });

  test("a name that reaches over the next mark puts that on another line", () => {
    const editor = mark(open(), { start: 0, end: 3, label: "a very long name" }, CITY);
    expect(layersOf(editor, named).map(({ line }) => line)).toEqual([0, 1]);
  });

  test("text is drawn once, in runs that know every mark over them", () => {
    const runs = layeredChunks(marked(), named).flatMap((chunk) => chunk.runs);
    expect(runs.flatMap((run) => run.pieces.map((piece) => piece.text)).join("")).toBe(TEXT);
    expect(runs.map(({ start, layers }) => [start, layers.length])).toEqual([
      [0, 0],
      [4, 2],
      [12, 1],
      [18, 0],
      [22, 1],
    ]);
  });
});
