/** Rendering as data: a pure function from state to what a skin draws, in order, covering the text exactly once. */
import { type Chunk, chunksOf } from "./chunks";
import { type Editor, openSuggestions, selectedRange } from "./editor";
import { overlaps, type Range, type Span } from "./model";

export interface Piece extends Range {
  readonly text: string;
  readonly selected: boolean;
  readonly proposed: boolean;
  readonly caret: boolean;
}

export interface Segment extends Range {
  readonly kind: "plain" | "span" | "suggestion";
  readonly label: string | null;
  /** The caret stands on this mark. */
  readonly focused: boolean;
  /** False for the part of a mark that began in the chunk before. */
  readonly isStart: boolean;
  /** False for the part of a mark that goes on in the next chunk. */
  readonly isEnd: boolean;
  readonly pieces: readonly Piece[];
}

export interface DrawnChunk extends Chunk {
  readonly segments: readonly Segment[];
}

type Marked = Span & { readonly kind: "span" | "suggestion" };

export interface Overlays {
  readonly selected: Range | null;
  readonly proposed: Range | null;
  readonly caret: Range | null;
}

/** Cut each chunk of an editor's text into plain runs and marks. */
export function drawnChunks(editor: Editor): readonly DrawnChunk[] {
  const overlays = overlaysOf(editor);
  const marks = marksInOrder(editor);
  let next = 0;
  return chunksOf(editor.index).map((chunk) => {
    while ((marks[next]?.end ?? Number.POSITIVE_INFINITY) <= chunk.start) next++;
    const inside: Marked[] = [];
    for (let at = next; (marks[at]?.start ?? Number.POSITIVE_INFINITY) < chunk.end; at++) {
      inside.push(marks[at] as Marked);
    }
    return { ...chunk, segments: segmentsIn(editor, overlays, chunk, inside) };
  });
}

/** What lies over the text beside marks. */
export function overlaysOf(editor: Editor): Overlays {
  return {
    selected: selectedRange(editor),
    proposed: editor.proposal?.span ?? null,
    caret: editor.caret,
  };
}

/** All segments of a text, whatever chunks it is drawn in. */
export function segments(editor: Editor): readonly Segment[] {
  return drawnChunks(editor).flatMap((chunk) => chunk.segments);
}

/** Would two chunks be drawn the same? */
export function sameDrawing(first: DrawnChunk, second: DrawnChunk): boolean {
  return (
    first.start === second.start &&
    first.direction === second.direction &&
    first.continues === second.continues &&
    first.segments.length === second.segments.length &&
    first.segments.every((one, at) => sameSegment(one, second.segments[at] as Segment))
  );
}

function segmentsIn(
  editor: Editor,
  overlays: Overlays,
  chunk: Chunk,
  marks: readonly Marked[],
): readonly Segment[] {
  const result: Segment[] = [];
  let at = chunk.start;
  for (const mark of marks) {
    // Answers from elsewhere may overlap where this task's may not: the first of them is drawn.
    const [start, end] = [Math.max(mark.start, at), Math.min(mark.end, chunk.end)];
    if (start >= end) continue;
    if (start > at) result.push(segment(editor, overlays, { start: at, end: start }));
    result.push(segment(editor, overlays, { start, end }, mark));
    at = end;
  }
  if (at < chunk.end) result.push(segment(editor, overlays, { start: at, end: chunk.end }));
  return result;
}

function marksInOrder(editor: Editor): readonly Marked[] {
  const spans = editor.content.spans.map((span) => ({ ...span, kind: "span" as const }));
  const open = openSuggestions(editor).map((span) => ({ ...span, kind: "suggestion" as const }));
  return [...spans, ...open].sort((first, second) => first.start - second.start);
}

function segment(editor: Editor, overlays: Overlays, range: Range, mark?: Marked): Segment {
  return {
    start: range.start,
    end: range.end,
    kind: mark?.kind ?? "plain",
    label: mark?.label ?? null,
    focused: Boolean(mark && overlays.caret && overlaps(overlays.caret, mark)),
    isStart: !mark || mark.start === range.start,
    isEnd: !mark || mark.end === range.end,
    pieces: piecesOf(editor, overlays, range),
  };
}

/** Cut a range where something lies over it. */
export function piecesOf(editor: Editor, overlays: Overlays, range: Range): readonly Piece[] {
  const cuts = new Set([range.start, range.end]);
  for (const overlay of Object.values(overlays) as (Range | null)[]) {
    for (const cut of overlay ? [overlay.start, overlay.end] : []) {
      if (cut > range.start && cut < range.end) cuts.add(cut);
    }
  }
  const sorted = [...cuts].sort((first, second) => first - second);
  return sorted.slice(0, -1).map((start, at) => {
    const end = sorted[at + 1] as number;
    return {
      start,
      end,
      text: editor.index.slice(start, end),
      selected: contains(overlays.selected, start),
      proposed: contains(overlays.proposed, start),
      caret: contains(overlays.caret, start),
    };
  });
}

function contains(range: Range | null, offset: number): boolean {
  return range !== null && range.start <= offset && offset < range.end;
}

function sameSegment(first: Segment, second: Segment): boolean {
  return (
    first.start === second.start &&
    first.end === second.end &&
    first.kind === second.kind &&
    first.label === second.label &&
    first.focused === second.focused &&
    first.isStart === second.isStart &&
    first.isEnd === second.isEnd &&
    first.pieces.length === second.pieces.length &&
    first.pieces.every((one, at) => samePiece(one, second.pieces[at] as Piece))
  );
}

/** The words too: the next example may be as long as the last one. */
function samePiece(first: Piece, second: Piece): boolean {
  return (
    first.start === second.start &&
    first.end === second.end &&
    first.text === second.text &&
    first.selected === second.selected &&
    first.proposed === second.proposed &&
    first.caret === second.caret
  );
}
