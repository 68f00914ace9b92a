/** "The same here": one mark carried to every identical text of the document. */
import { change, type Editor, markAt } from "./editor";
import { bySpanStart, overlaps, type Range, type Span, sameRange, sameSpan } from "./model";
import { mayOverlap } from "./question";
import { tokenAt } from "./snapping";

/** The mark that others may follow: the one the caret stands on, else the one made last. */
export function exampleMark(editor: Editor): Span | null {
  const mark = markAt(editor, editor.caret);
  if (mark) return mark.kind === "span" ? mark.span : null;
  const before = editor.past.at(-1)?.spans;
  if (!before || editor.selection || editor.proposal) return null;
  const made = editor.content.spans.filter((span) => !before.some((one) => sameSpan(one, span)));
  return made.length === 1 ? (made[0] ?? null) : null;
}

/** Where the mark's text stands again, as whole words if the mark is of whole words, and unmarked. */
export function identicalRanges(editor: Editor, mark: Span): readonly Range[] {
  const { index } = editor;
  const words = index.slice(mark.start, mark.end);
  const isWhole = isWholeWords(editor, mark);
  const found: Range[] = [];
  for (let at = index.text.indexOf(words); at !== -1; at = index.text.indexOf(words, at + 1)) {
    const range = { start: index.toCodePoint(at), end: index.toCodePoint(at + words.length) };
    const isTaken = [takingPlace(editor, mark), found.slice(-1)].some((taken) =>
      taken.some((other) => overlaps(other, range)),
    );
    if (!isTaken && (!isWhole || isWholeWords(editor, range)) && isCharacters(editor, range))
      found.push(range);
  }
  return found;
}

/** Mark every identical text with the label of the mark in hand; one undo takes them all back. */
export function markIdentical(editor: Editor): Editor {
  const mark = exampleMark(editor);
  const ranges = mark ? identicalRanges(editor, mark) : [];
  if (!mark || ranges.length === 0) return editor;
  const spans = ranges.map((range) => ({ ...range, label: mark.label }));
  return change(editor, { spans: [...editor.content.spans, ...spans].sort(bySpanStart) });
}

/** Marks over which none is made: all, or where marks may overlap, those of the same label. */
function takingPlace({ content, question }: Editor, { label }: Span): readonly Span[] {
  if (!mayOverlap(question)) return content.spans;
  return content.spans.filter((span) => span.label === label);
}

/** Begins where a token begins and ends where one ends. */
function isWholeWords({ tokens }: Editor, { start, end }: Range): boolean {
  return tokenAt(tokens, start)?.start === start && tokenAt(tokens, end - 1)?.end === end;
}

/** Splits no character of several code points. */
function isCharacters({ index }: Editor, range: Range): boolean {
  return sameRange(index.snapToGraphemes(range), range);
}
