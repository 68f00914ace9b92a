/** Where words stand on the screen: which are in sight, and where their letters go. */
import type { Editor, Hints, Range } from "@annex/annotator-core";

export interface PlacedHint {
  readonly code: string;
  /** Where the word begins, in code points. */
  readonly at: number;
  /** Of the word's beginning, in pixels from the frame's corner; `x` from the left in either direction. */
  readonly x: number;
  readonly y: number;
  readonly isRtl: boolean;
}

/** The words in sight, in code points; the text runs down the page, so that halves can be left out. */
export function inSight(sheet: HTMLElement, { index, tokens }: Editor): Range {
  const find = finderIn(sheet);
  const boxes = (at: number) => find(tokens[at]?.[0] ?? 0, index);
  const first = firstWhere(tokens.length, (at) => (boxes(at)?.bottom ?? 0) > 0);
  const end = firstWhere(tokens.length, (at) => (boxes(at)?.top ?? 0) >= window.innerHeight);
  return { start: tokens[first]?.[0] ?? index.length, end: tokens[end]?.[0] ?? index.length };
}

/** Place the letters that are still to type. */
export function placeHints(sheet: HTMLElement, frame: HTMLElement, editor: Editor): PlacedHint[] {
  if (!editor.hints) return [];
  const find = finderIn(sheet);
  const corner = frame.getBoundingClientRect();
  return open(editor.hints).flatMap(([code, word]) => {
    const box = find(word.start, editor.index);
    if (!box) return [];
    const x = (box.isRtl ? box.right : box.left) - corner.left;
    return [{ code, at: word.start, x, y: box.top - corner.top, isRtl: box.isRtl }];
  });
}

function open({ codes, typed }: Hints): readonly [string, Range][] {
  return [...codes]
    .filter(([code]) => code.startsWith(typed))
    .map(([code, word]) => [code.slice(typed.length), word]);
}

type Box = DOMRect & { isRtl: boolean };

/** Return how to find the box of the character at an offset. */
function finderIn(sheet: HTMLElement) {
  const pieces = [...sheet.querySelectorAll<HTMLElement>("[data-start]")];
  const startOf = (at: number) => Number(pieces[at]?.dataset.start);
  return (offset: number, index: Editor["index"]): Box | null => {
    const piece = pieces[firstWhere(pieces.length, (at) => startOf(at) > offset) - 1];
    const text = piece?.firstChild;
    if (!piece || !text) return null;
    const begin = index.toUtf16(offset) - index.toUtf16(Number(piece.dataset.start));
    const range = document.createRange();
    range.setStart(text, begin);
    range.setEnd(text, begin + 1);
    const isRtl = getComputedStyle(piece).direction === "rtl";
    return Object.assign(range.getBoundingClientRect(), { isRtl });
  };
}

/** The first of `count` numbers for which something holds that then holds for all after it. */
function firstWhere(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
