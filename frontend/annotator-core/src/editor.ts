/**
 * The state of one example under the annotator's hands. Immutable: every command is a verb that
 * takes a state and returns the next one (the same object when there was nothing to do).
 */

import type { Hints } from "./hints";
import type { Hop } from "./hopping";
import { type Link, linksOf, relationsOf, relinked, unlinked } from "./links";
import type { Annotation, Draft, Example, Range, Span, StoredAnswer } from "./model";
import { bySpanStart, overlaps, sameRange, sameSpan } from "./model";
import { TextIndex } from "./offsets";
import { mayOverlap, type Question, relates } from "./question";
import { type Snap, snapRange, type Tokens } from "./snapping";

/** What undo and redo walk through. */
export interface Content extends Omit<Annotation, "relations"> {
  readonly links: readonly Link[];
  readonly written: string | null;
  readonly picked: number | null;
  /** Suggestions the person refused; they are not shown again. */
  readonly dismissed: readonly Span[];
  /** Suggested labels for the whole text that the person refused. */
  readonly refused: readonly string[];
}

export interface Selection {
  readonly anchor: Range;
  readonly focus: Range;
}

/** A span that would cover others; nothing is replaced before the person says so. */
export interface Proposal {
  readonly span: Span;
  readonly replaces: readonly Span[];
}

export type Mark = { readonly kind: "span" | "suggestion"; readonly span: Span };

export interface Editor {
  readonly question: Question;
  readonly example: Example;
  readonly index: TextIndex;
  readonly tokens: Tokens;
  readonly content: Content;
  readonly past: readonly Content[];
  readonly future: readonly Content[];
  readonly snap: Snap;
  /** The label that a finished selection takes at once; null means "select first". */
  readonly armed: string | null;
  readonly armedLink: string | null;
  /** The unit the keyboard stands on; null after working with the mouse. */
  readonly caret: Range | null;
  /** Where the keyboard takes up again, in code points. */
  readonly resume: number;
  /** Letters being typed to go to a word, and those typed last. */
  readonly hop: Hop | null;
  readonly hopped: string;
  /** Letters that stand at words, while they do. */
  readonly hints: Hints | null;
  readonly selection: Selection | null;
  readonly proposal: Proposal | null;
  /** Where marks overlap: the one of them that the caret stands on. */
  readonly focus: Span | null;
  /** Marks are being connected: those chosen so far. */
  readonly connecting: Connecting | null;
}

export interface Connecting {
  readonly head: Span | null;
  readonly child: Span | null;
}

/** What goes on from one example to the next. */
export interface Mode {
  readonly question: Question;
  readonly snap: Snap;
  readonly armed: string | null;
  /** The label that two chosen marks are connected under at once. */
  readonly armedLink?: string | null;
}

/** Open an example: as it was left, else with its draft, else with nothing decided. */
export function openEditor(example: Example, mode: Mode, left?: Draft | null): Editor {
  const index = new TextIndex(example.text);
  const start = left ?? example.draft;
  const isSplit = example.tokens.length > 0 || mode.question.kind !== "marks";
  return {
    question: mode.question,
    example,
    index,
    tokens: isSplit ? example.tokens : index.words(),
    content: {
      spans: [...(start?.spans ?? [])].sort(bySpanStart),
      links: start ? linksOf(start) : [],
      choices: [...(start?.choices ?? [])],
      written: start?.written ?? null,
      picked: start?.picked ?? null,
      flagged: start?.flagged ?? false,
      note: start?.note ?? "",
      dismissed: [...(start?.dismissed ?? [])],
      refused: [...(start?.refused ?? [])],
    },
    past: [],
    future: [],
    snap: mode.snap,
    armed: mode.armed,
    armedLink: mode.armedLink ?? null,
    caret: null,
    resume: 0,
    hop: null,
    hopped: "",
    hints: null,
    selection: null,
    proposal: null,
    focus: null,
    connecting: null,
  };
}

/** Take up a change of an answer that was left unsent; undo goes back to the answer. */
export function takeUp(editor: Editor, unsent: Draft | null): Editor {
  if (!unsent) return editor;
  const { spans, choices = [], flagged, note, dismissed = [], refused = [] } = unsent;
  const { written = null, picked = null } = unsent;
  const sorted = [...spans].sort(bySpanStart);
  const links = linksOf(unsent);
  const said = { spans: sorted, links, choices, written, picked };
  return change(editor, { ...said, flagged, note, dismissed, refused });
}

const openOf = new WeakMap<Content, readonly Span[]>();

/**
 * Suggestions still to decide: not refused, and not where a decision already stands, or, where marks
 * may overlap, not marked just so.
 */
export function openSuggestions({ content, example, question }: Editor): readonly Span[] {
  const known = openOf.get(content);
  if (known) return known;
  const { spans, dismissed } = content;
  const isOverlapping = mayOverlap(question);
  const isSame = isOverlapping ? sameSpan : sameRange;
  const isCovered = isOverlapping ? sameSpan : overlaps;
  const open: Span[] = [];
  for (const suggestion of [...example.suggestions].sort(bySpanStart)) {
    const refused = dismissed.some((span) => isSame(span, suggestion));
    const covered = [spans, open].some((marks) =>
      marks.some((span) => isCovered(span, suggestion)),
    );
    if (!refused && !covered) open.push(suggestion);
  }
  openOf.set(content, open);
  return open;
}

/** The range the selection stands for now: what would be marked if it ended here. */
export function selectedRange(editor: Editor): Range | null {
  if (!editor.selection) return null;
  const { anchor, focus } = editor.selection;
  const covered = {
    start: Math.min(anchor.start, focus.start),
    end: Math.max(anchor.end, focus.end),
  };
  return snapRange(editor.index, editor.tokens, editor.snap, covered);
}

/** The decision or suggestion at a range, decisions first; where marks overlap, the one in hand. */
export function markAt(editor: Editor, range: Range | null): Mark | null {
  if (!range) return null;
  if (mayOverlap(editor.question)) return markInHand(editor);
  const span = editor.content.spans.find((candidate) => overlaps(candidate, range));
  if (span) return { kind: "span", span };
  const suggestion = openSuggestions(editor).find((candidate) => overlaps(candidate, range));
  return suggestion ? { kind: "suggestion", span: suggestion } : null;
}

/** Where marks overlap: the one that the caret stands on. */
export function markInHand(editor: Editor): Mark | null {
  const { focus, content } = editor;
  if (!focus) return null;
  if (content.spans.some((span) => sameSpan(span, focus))) return { kind: "span", span: focus };
  const isOpen = openSuggestions(editor).some((span) => sameSpan(span, focus));
  return isOpen ? { kind: "suggestion", span: focus } : null;
}

/** Take a change of content into the history. */
export function change(editor: Editor, content: Partial<Content>): Editor {
  return {
    ...editor,
    content: { ...editor.content, ...content },
    past: [...editor.past, editor.content],
    future: [],
    hints: null,
    selection: null,
    proposal: null,
  };
}

function withSpans(editor: Editor, spans: readonly Span[]): Editor {
  return change(editor, { spans: [...spans].sort(bySpanStart) });
}

/** Mark a range. Spans in the way make it a proposal, unless the range is exactly one span's own. */
export function markRange(editor: Editor, range: Range, label: string): Editor {
  const snapped = snapRange(editor.index, editor.tokens, editor.snap, range);
  if (!snapped) return { ...editor, selection: null };
  const span = { ...snapped, label };
  if (mayOverlap(editor.question)) return addSpan(editor, span);
  const inTheWay = editor.content.spans.filter((other) => overlaps(other, span));
  if (inTheWay.length === 0) return withSpans(editor, [...editor.content.spans, span]);
  const [only] = inTheWay;
  if (inTheWay.length === 1 && only && sameRange(only, span))
    return relabelSpan(editor, only, label);
  return { ...editor, selection: null, proposal: { span, replaces: inTheWay } };
}

/** Mark beside and over what is marked already; the same mark is there once. */
function addSpan(editor: Editor, span: Span): Editor {
  const isThere = editor.content.spans.some((other) => sameSpan(other, span));
  return isThere
    ? { ...editor, selection: null }
    : withSpans(editor, [...editor.content.spans, span]);
}

export function confirmProposal(editor: Editor): Editor {
  if (!editor.proposal) return editor;
  const { span, replaces } = editor.proposal;
  return withSpans(editor, [...without(editor.content.spans, replaces), span]);
}

export function abandonProposal(editor: Editor): Editor {
  return editor.proposal ? { ...editor, proposal: null } : editor;
}

export function relabelSpan(editor: Editor, span: Span, label: string): Editor {
  if (span.label === label) return { ...editor, selection: null };
  const renamed = { ...span, label };
  const { content } = editor;
  if (content.spans.some((other) => sameSpan(other, renamed))) return removeSpan(editor, span);
  const links = relinked(content.links, span, renamed);
  const spans = [...without(content.spans, [span]), renamed].sort(bySpanStart);
  const dismissed = [...content.dismissed, ...suggestedAs(editor, span)];
  return { ...change(editor, { spans, links, dismissed }), focus: editor.focus && renamed };
}

/** Where marks overlap, a suggestion that became another mark must not be offered beside it. */
function suggestedAs({ example, question }: Editor, span: Span): readonly Span[] {
  if (!mayOverlap(question)) return [];
  return example.suggestions.filter((suggestion) => sameSpan(suggestion, span));
}

export function removeSpan(editor: Editor, span: Span): Editor {
  const spans = without(editor.content.spans, [span]);
  const isSame = mayOverlap(editor.question) ? sameSpan : sameRange;
  // What a person takes away must not come back as the suggestion it began as.
  const refused = editor.example.suggestions.filter((suggestion) => isSame(suggestion, span));
  const links = unlinked(editor.content.links, span);
  return change(editor, { spans, links, dismissed: [...editor.content.dismissed, ...refused] });
}

export function acceptSuggestion(editor: Editor, suggestion: Span, label?: string): Editor {
  const span = { ...suggestion, label: label ?? suggestion.label };
  const gone = span.label === suggestion.label ? [] : suggestedAs(editor, suggestion);
  const spans = [...without(editor.content.spans, [span]), span].sort(bySpanStart);
  return change(editor, { spans, dismissed: [...editor.content.dismissed, ...gone] });
}

export function dismissSuggestion(editor: Editor, suggestion: Span): Editor {
  return change(editor, { dismissed: [...editor.content.dismissed, suggestion] });
}

export function acceptAllSuggestions(editor: Editor): Editor {
  const open = openSuggestions(editor);
  return open.length === 0 ? editor : withSpans(editor, [...editor.content.spans, ...open]);
}

export function snapTo(editor: Editor, snap: Snap): Editor {
  return { ...editor, snap };
}

export function flag(editor: Editor, note: string): Editor {
  if (editor.content.flagged && editor.content.note === note) return editor;
  return change(editor, { flagged: true, note });
}

export function unflag(editor: Editor): Editor {
  return editor.content.flagged ? change(editor, { flagged: false, note: "" }) : editor;
}

export function undo(editor: Editor): Editor {
  const previous = editor.past.at(-1);
  if (!previous) return editor;
  return {
    ...editor,
    content: previous,
    past: editor.past.slice(0, -1),
    future: [editor.content, ...editor.future],
    selection: null,
    proposal: null,
    ...chosenAnew(editor),
  };
}

/** Who walks through what was done may have chosen marks that are gone. */
function chosenAnew({ connecting }: Editor) {
  return { connecting: connecting && { head: null, child: null } };
}

export function redo(editor: Editor): Editor {
  const [next, ...rest] = editor.future;
  if (!next) return editor;
  return {
    ...editor,
    content: next,
    past: [...editor.past, editor.content],
    future: rest,
    selection: null,
    proposal: null,
    ...chosenAnew(editor),
  };
}

export function annotationOf(editor: Editor): Annotation {
  const { spans, links, choices, written, picked, flagged, note } = editor.content;
  return {
    spans,
    choices,
    ...(relates(editor.question) ? { relations: relationsOf(spans, links) } : {}),
    ...(written === null ? {} : { written }),
    ...(picked === null ? {} : { picked }),
    flagged,
    note,
  };
}

/** What is in hand with the refusals too, which an answer need not tell but a reload must not forget. */
export function draftOf(editor: Editor): Draft {
  const { dismissed, refused } = editor.content;
  return { ...annotationOf(editor), dismissed, refused };
}

/**
 * A stored answer as the editor opens it. Who accepts has decided about every suggestion: those that
 * are not among the marks were refused, and accepting again must not bring them back.
 */
export function decided(example: Example, answer: StoredAnswer): Draft {
  const isDecided = answer.verdict === "accept";
  return {
    ...answer,
    dismissed: isDecided ? example.suggestions : [],
    refused: isDecided ? example.suggested : [],
  };
}

function without(spans: readonly Span[], gone: readonly Span[]): readonly Span[] {
  return spans.filter((span) => !gone.some((other) => sameSpan(other, span)));
}
