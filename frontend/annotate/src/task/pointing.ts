import type { TextIndex } from "@annex/annotator-core";

/**
 * The code point under a point of the screen.
 * Returns: an offset into the text, or null beside it. A point on a mark's label counts as the mark's last character.
 */
export function offsetAtPoint(
  sheet: HTMLElement | null,
  index: TextIndex,
  x: number,
  y: number,
): number | null {
  const position = positionAt(x, centreOfLine(x, y));
  const piece = position ? pieceOf(position.node) : null;
  if (!position || !piece || !sheet?.contains(piece)) return null;
  const start = Number(piece.dataset.start);
  const offset = index.toCodePoint(index.toUtf16(start) + position.offset);
  return isPastLine(piece, x, y) ? Math.max(start, offset - 1) : offset;
}

function positionAt(x: number, y: number): { node: Node; offset: number } | null {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found ? { node: found.offsetNode, offset: found.offset } : null;
  }
  const range = document.caretRangeFromPoint(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

function pieceOf(node: Node): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  return element?.closest<HTMLElement>("[data-start]") ?? null;
}

/**
 * Where a block begins on the last line of another, two lie over each other, and only on the line's
 * centre is it certain whose letters are meant.
 */
function centreOfLine(x: number, y: number): number {
  const position = positionAt(x, y);
  const block = position ? pieceOf(position.node)?.closest("[data-chunk]") : null;
  for (const one of [block, block?.nextElementSibling]) {
    if (!one?.hasAttribute("data-joined")) continue;
    const { top } = one.getBoundingClientRect();
    const line = Number.parseFloat(getComputedStyle(one).lineHeight);
    if (y >= top && y < top + line) return top + line / 2;
  }
  return y;
}

/** The point is on the label printed after a mark's text. */
function isPastLine(piece: HTMLElement, x: number, y: number): boolean {
  const under = document.elementFromPoint(x, y);
  return under instanceof HTMLElement && under.tagName === "MARK" && under.contains(piece);
}
