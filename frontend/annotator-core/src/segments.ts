/** Rendering as data: a pure function from state to what a skin draws, in order, covering the text exactly once. */
import { type Editor, openSuggestions, selectedRange } from "./editor";
import type { Range, Span } from "./model";

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
  readonly pieces: readonly Piece[];
}

interface Overlays {
  readonly selected: Range | null;
  readonly proposed: Range | null;
  readonly caret: Range | null;
}

/** Cut the text of an editor into plain runs and marks. */
export function segments(editor: Editor): readonly Segment[] {
  const overlays: Overlays = {
    selected: selectedRange(editor),
    proposed: editor.proposal?.span ?? null,
    caret: editor.caret,
  };
  const result: Segment[] = [];
  let at = 0;
  for (const mark of marksInOrder(editor)) {
    if (mark.start > at) result.push(segment(editor, overlays, { start: at, end: mark.start }));
    result.push(segment(editor, overlays, mark, mark));
    at = mark.end;
  }
  const end = editor.index.length;
  if (at < end) result.push(segment(editor, overlays, { start: at, end }));
  return result;
}

type Marked = Span & { readonly kind: "span" | "suggestion" };

function marksInOrder(editor: Editor): readonly Marked[] {
  const spans = editor.content.spans.map((span) => ({ ...span, kind: "span" as const }));
  const open = openSuggestions(editor).map((span) => ({ ...span, kind: "suggestion" as const }));
  return [...spans, ...open].sort((first, second) => first.start - second.start);
}

function segment(editor: Editor, overlays: Overlays, range: Range, mark?: Marked): Segment {
  const inCaret = overlays.caret;
  return {
    start: range.start,
    end: range.end,
    kind: mark?.kind ?? "plain",
    label: mark?.label ?? null,
    focused: Boolean(mark && inCaret && inCaret.start < mark.end && mark.start < inCaret.end),
    pieces: pieces(editor, overlays, range),
  };
}

function pieces(editor: Editor, overlays: Overlays, range: Range): readonly Piece[] {
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
