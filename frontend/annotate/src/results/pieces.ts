/** A marked text as a list of pieces, in order, covering it exactly once. */
import { TextIndex } from "@annex/annotator-core";
import type { ShownMark } from "./shapes";

export interface Piece {
  readonly start: number;
  readonly text: string;
  readonly label: string | null;
}

/** Cut a text at its marks, which are sorted; of overlapping ones the first is kept. */
export function cut(text: string, marks: readonly ShownMark[]): readonly Piece[] {
  const index = new TextIndex(text);
  const pieces: Piece[] = [];
  let at = 0;
  const push = (start: number, end: number, label: string | null) => {
    if (start < end) pieces.push({ start, text: index.slice(start, end), label });
  };
  for (const mark of marks) {
    if (mark.start < at) continue;
    push(at, mark.start, null);
    push(mark.start, mark.end, mark.label);
    at = mark.end;
  }
  push(at, index.length, null);
  return pieces;
}
