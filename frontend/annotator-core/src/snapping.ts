/** From a raw selection to the range a span may have: whole tokens or whole characters, no blanks at its ends. */
import type { Range } from "./model";
import type { TextIndex } from "./offsets";

export type Snap = "token" | "character";
export type Tokens = readonly (readonly [start: number, end: number])[];

const BLANK = /^\s$/u;

/** Position of the token that holds `offset`, or of the next one; `tokens.length` after the last. */
export function tokenIndexAt(tokens: Tokens, offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.[1] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The token that holds the code point at `offset`, or null between tokens. */
export function tokenAt(tokens: Tokens, offset: number): Range | null {
  const token = tokens[tokenIndexAt(tokens, offset)];
  return token && token[0] <= offset ? { start: token[0], end: token[1] } : null;
}

/** Grow a range to the tokens it touches. A range that touches none keeps its ends. */
export function snapToTokens(tokens: Tokens, range: Range): Range {
  if (range.end <= range.start) return range;
  const first = tokens[tokenIndexAt(tokens, range.start)];
  const lastIndex = tokenIndexAt(tokens, range.end - 1);
  const candidate = tokens[lastIndex];
  const last = candidate && candidate[0] < range.end ? candidate : tokens[lastIndex - 1];
  if (!first || !last || last[1] <= first[0]) return range;
  return {
    start: Math.min(range.start, first[0]),
    end: Math.max(range.end, last[1]),
  };
}

/** Cut white space off both ends. */
export function trimBlanks(index: TextIndex, range: Range): Range {
  let { start, end } = range;
  while (start < end && BLANK.test(index.slice(start, start + 1))) start++;
  while (end > start && BLANK.test(index.slice(end - 1, end))) end--;
  return { start, end };
}

/** The range a selection stands for; null when nothing but white space is in it. */
export function snapRange(
  index: TextIndex,
  tokens: Tokens,
  snap: Snap,
  range: Range,
): Range | null {
  const trimmed = trimBlanks(index, range);
  if (trimmed.start === trimmed.end) return null;
  const grown = snap === "token" ? snapToTokens(tokens, trimmed) : trimmed;
  const snapped = trimBlanks(index, index.snapToGraphemes(grown));
  return snapped.start < snapped.end ? snapped : null;
}
