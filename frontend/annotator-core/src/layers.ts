/** Overlapping marks as data: runs of text, and over each of them every mark that covers it. */
import { type Chunk, chunksOf } from "./chunks";
import { type Editor, markInHand, openSuggestions } from "./editor";
import { bySpanStart, type Range, type Span, sameSpan } from "./model";
import { overlaysOf, type Piece, piecesOf } from "./segments";

/** A mark on its line under the text; marks that share text, or whose names would meet, differ. */
export interface Layer {
  readonly span: Span;
  readonly kind: "span" | "suggestion";
  readonly line: number;
  /** What the caret stands on, or what is chosen to be connected. */
  readonly focused: boolean;
  readonly chosen: "head" | "child" | null;
}

export interface LayeredRun extends Range {
  /** From the text outwards. */
  readonly layers: readonly Layer[];
  readonly pieces: readonly Piece[];
}

export interface LayeredChunk extends Chunk {
  readonly runs: readonly LayeredRun[];
}

/** How many letters of the text a letter of a mark's name is as wide as. */
const NAME_WIDTH = 0.75;

/** Put every mark on the first line where it meets no other. */
export function layersOf(editor: Editor, nameOf: (label: string) => string): readonly Layer[] {
  const open = openSuggestions(editor);
  const marks = [
    ...editor.content.spans.map((span) => ({ span, kind: "span" as const })),
    ...open.map((span) => ({ span, kind: "suggestion" as const })),
  ].sort((one, other) => outerFirst(one.span, other.span));
  const inHand = markInHand(editor)?.span ?? null;
  const ends: number[] = [];
  return marks.map(({ span, kind }) => {
    const free = ends.findIndex((end) => end <= span.start);
    const line = free === -1 ? ends.length : free;
    const name = Math.ceil(nameOf(span.label).length * NAME_WIDTH) + 1;
    ends[line] = Math.max(span.end, span.start + name);
    return { span, kind, line, focused: isSpan(inHand, span), chosen: chosenAs(editor, span) };
  });
}

/** Cut each chunk of a text where a mark begins or ends. */
export function layeredChunks(
  editor: Editor,
  nameOf: (label: string) => string,
): readonly LayeredChunk[] {
  const layers = layersOf(editor, nameOf);
  const overlays = overlaysOf(editor);
  return chunksOf(editor.index).map((chunk) => {
    const inside = layers.filter(({ span }) => span.start < chunk.end && chunk.start < span.end);
    const cuts = new Set([chunk.start, chunk.end]);
    for (const { span } of inside) {
      for (const cut of [span.start, span.end]) {
        if (cut > chunk.start && cut < chunk.end) cuts.add(cut);
      }
    }
    const sorted = [...cuts].sort((first, second) => first - second);
    const runs = sorted.slice(0, -1).map((start, at) => {
      const range = { start, end: sorted[at + 1] as number };
      const over = inside.filter(({ span }) => span.start <= start && range.end <= span.end);
      over.sort((first, second) => first.line - second.line);
      return { ...range, layers: over, pieces: piecesOf(editor, overlays, range) };
    });
    return { ...chunk, runs };
  });
}

/** Would two chunks be drawn the same? */
export function sameLayers(first: LayeredChunk, second: LayeredChunk): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

function outerFirst(one: Span, other: Span): number {
  return one.start - other.start || bySpanStart(other, one);
}

function chosenAs({ connecting }: Editor, span: Span): "head" | "child" | null {
  if (isSpan(connecting?.head, span)) return "head";
  return isSpan(connecting?.child, span) ? "child" : null;
}

function isSpan(one: Span | null | undefined, other: Span): boolean {
  return one ? sameSpan(one, other) : false;
}
