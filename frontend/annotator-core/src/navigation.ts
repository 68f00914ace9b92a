/** Moving and selecting, by keyboard and by pointer. Only changes caret and selection, never the content. */

import { pickMark } from "./connecting";
import {
  acceptSuggestion,
  type Editor,
  type Mark,
  markAt,
  markRange,
  openSuggestions,
  selectedRange,
} from "./editor";
import { bySpanStart, type Range, type Span, sameSpan } from "./model";
import { mayOverlap } from "./question";
import { tokenAt, tokenIndexAt } from "./snapping";
import { NOTHING_ELSE, standOn, standOnMark } from "./standing";

export type Direction = 1 | -1;

/** The unit one step away from a range: a token, or a grapheme cluster in character mode. */
function neighbour(editor: Editor, from: Range, direction: Direction): Range | null {
  return editor.snap === "token"
    ? neighbourToken(editor, from, direction)
    : neighbourCharacter(editor, from, direction);
}

function neighbourToken(editor: Editor, from: Range, direction: Direction): Range | null {
  const at =
    direction === 1
      ? tokenIndexAt(editor.tokens, from.end)
      : tokenIndexAt(editor.tokens, from.start) - 1;
  const token = editor.tokens[at];
  return token ? { start: token[0], end: token[1] } : null;
}

function neighbourCharacter(editor: Editor, from: Range, direction: Direction): Range | null {
  const offset = direction === 1 ? from.end : from.start - 1;
  if (offset < 0 || offset >= editor.index.length) return null;
  return editor.index.graphemeAt(offset);
}

/** The unit to begin with where the keyboard was last. */
function unitAtResume(editor: Editor): Range | null {
  return neighbour(editor, { start: editor.resume, end: editor.resume }, 1);
}

/** Step to the next or previous unit; the first step shows the caret where it was left. */
export function moveCaret(editor: Editor, direction: Direction): Editor {
  const from = editor.selection?.focus ?? editor.caret;
  return standOn(editor, from ? neighbour(editor, from, direction) : unitAtResume(editor));
}

/** Grow or shrink the selection by one unit from the caret. */
export function extendCaret(editor: Editor, direction: Direction): Editor {
  if (!editor.selection && !editor.caret) return moveCaret(editor, direction);
  const anchor = editor.selection?.anchor ?? (editor.caret as Range);
  const focus = neighbour(editor, editor.selection?.focus ?? anchor, direction);
  if (!focus) return editor;
  return {
    ...editor,
    caret: null,
    resume: focus.start,
    ...NOTHING_ELSE,
    selection: { anchor, focus },
  };
}

export function moveToStart(editor: Editor): Editor {
  return standOn(editor, neighbour(editor, { start: 0, end: 0 }, 1));
}

export function moveToEnd(editor: Editor): Editor {
  const end = editor.index.length;
  return standOn(editor, neighbour(editor, { start: end, end }, -1));
}

/** Stand on the next open suggestion; null when there is none that way, so that Tab can leave the text. */
export function moveToSuggestion(editor: Editor, direction: Direction): Editor | null {
  const open = openSuggestions(editor);
  const from = editor.caret;
  const ahead =
    direction === 1
      ? open.find((span) => !from || span.start >= from.end)
      : open.findLast((span) => from !== null && span.end <= from.start);
  return ahead ? standOnMark(editor, ahead) : null;
}

/** Take the suggestion at the caret and go to the next. */
export function takeSuggestion(editor: Editor): Editor {
  const mark = markAt(editor, editor.caret);
  if (mark?.kind !== "suggestion") return editor;
  const taken = acceptSuggestion(editor, mark.span);
  return moveToSuggestion(taken, 1) ?? taken;
}

export function beginSelection(editor: Editor, offset: number): Editor {
  const point = { start: offset, end: offset };
  return {
    ...editor,
    caret: null,
    resume: offset,
    ...NOTHING_ELSE,
    // Until it is more than a click, which goes on from the mark in hand to the one around it.
    focus: editor.focus,
    selection: { anchor: point, focus: point },
  };
}

export function extendSelection(editor: Editor, offset: number): Editor {
  const { selection } = editor;
  if (!selection || selection.focus.start === offset) return editor;
  const focus = { start: offset, end: offset };
  return { ...editor, focus: null, selection: { ...selection, focus } };
}

/** Let go of the pointer: mark with the armed label, keep the selection, or stand where it was a click. */
export function endSelection(editor: Editor): Editor {
  const { selection } = editor;
  if (!selection) return editor;
  if (selection.anchor.start === selection.focus.start) {
    return standAt({ ...editor, selection: null }, selection.anchor.start);
  }
  const range = selectedRange(editor);
  if (!range || editor.connecting) return { ...editor, selection: null };
  return editor.armed ? markRange(editor, range, editor.armed) : editor;
}

/** Stand on the next or previous mark, each by itself however they overlap. */
export function moveToMark(editor: Editor, direction: Direction): Editor {
  const isConnecting = editor.connecting !== null;
  const marks = [...editor.content.spans, ...(isConnecting ? [] : openSuggestions(editor))];
  marks.sort(bySpanStart);
  const { focus } = editor;
  const at = focus ? marks.findIndex((mark) => sameSpan(mark, focus)) : -1;
  const from = editor.caret?.start ?? editor.resume;
  const next =
    at !== -1
      ? marks.at((at + direction) % marks.length)
      : (marks.find((mark) => mark.end > from) ?? marks[0]);
  return next ? standOnMark(editor, next) : editor;
}

/** Of marks that overlap at an offset, from the shortest: the one after the one in hand, if any. */
export function nextMarkAt(editor: Editor, offset: number): Span | null {
  const here = [...editor.content.spans, ...openSuggestions(editor)]
    .filter((mark) => mark.start <= offset && offset < mark.end)
    .sort((first, second) => first.end - first.start - (second.end - second.start));
  const { focus } = editor;
  const at = focus ? here.findIndex((mark) => sameSpan(mark, focus)) : -1;
  return here[at + 1] ?? null;
}

/** Stand on the unit, or the mark, under a click. */
function standAt(editor: Editor, offset: number): Editor {
  if (mayOverlap(editor.question)) {
    const next = nextMarkAt(editor, offset);
    if (next) return pickMark(editor, next);
    if (editor.connecting) return { ...editor, focus: null, caret: null };
  }
  const unit =
    editor.snap === "token" ? tokenAt(editor.tokens, offset) : editor.index.graphemeAt(offset);
  // Of marks that overlap, those under the click have had their turn.
  const mark: Mark | null = mayOverlap(editor.question) ? null : markAt(editor, unit);
  return unit ? standOn(editor, mark ? { ...mark.span } : unit) : editor;
}

/** Double click: the whole word, in either mode, marked at once when a label is armed. */
export function selectWord(editor: Editor, offset: number): Editor {
  const word = tokenAt(editor.tokens, offset);
  if (!word || editor.connecting) return editor;
  if (editor.armed) return markRange({ ...editor, caret: null }, word, editor.armed);
  return { ...editor, caret: null, selection: { anchor: word, focus: word } };
}
