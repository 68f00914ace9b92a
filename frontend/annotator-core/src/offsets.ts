/**
 * The one place that converts between UTF-16 (what the DOM and JavaScript strings count) and
 * Unicode code points (what the wire and the disk count). Nothing else in the front end may.
 */
import type { Range } from "./model";
import { graphemeParts, wordParts } from "./segmentation";

const SURROGATES = /[\ud800-\udfff]/;

/** Count the code points in a string. */
export function codePointLength(text: string): number {
  if (!SURROGATES.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** One text with its offsets in both countings. Built once per example; the text is never changed. */
export class TextIndex {
  readonly length: number;
  /** UTF-16 offset of each code point, and of the end; null when both countings agree. */
  private readonly utf16: Uint32Array | null;
  private boundaries: Uint32Array | undefined;

  constructor(readonly text: string) {
    this.utf16 = SURROGATES.test(text) ? utf16Offsets(text) : null;
    this.length = this.utf16 ? this.utf16.length - 1 : text.length;
  }

  /** UTF-16 offset of a code point offset; clamped to the text. */
  toUtf16(offset: number): number {
    const inside = this.clamp(offset);
    return this.utf16?.[inside] ?? inside;
  }

  /** Code point offset of a UTF-16 offset; inside a surrogate pair it is the pair's start. */
  toCodePoint(offset: number): number {
    if (!this.utf16) return this.clamp(offset);
    return floorIndex(this.utf16, offset);
  }

  slice(start: number, end: number): string {
    return this.text.slice(this.toUtf16(start), this.toUtf16(end));
  }

  /** Grow a range until it splits no grapheme cluster (emoji, combining marks, CRLF). */
  snapToGraphemes(range: Range): Range {
    const start = this.graphemeFloor(range.start);
    const end = range.end <= range.start ? start : this.graphemeCeiling(range.end);
    return { start, end };
  }

  /** The grapheme cluster that holds the code point at `offset`. */
  graphemeAt(offset: number): Range {
    const start = this.graphemeFloor(Math.min(this.clamp(offset), Math.max(0, this.length - 1)));
    return { start, end: this.graphemeCeiling(start + 1) };
  }

  /** Words with their trailing punctuation apart, for a text that came without tokens. */
  words(): (readonly [number, number])[] {
    return wordParts(this.text).map(({ index, segment }) => [
      this.toCodePoint(index),
      this.toCodePoint(index + segment.length),
    ]);
  }

  private graphemeFloor(offset: number): number {
    const all = this.graphemes();
    return all[floorIndex(all, this.clamp(offset))] ?? 0;
  }

  private graphemeCeiling(offset: number): number {
    const all = this.graphemes();
    const inside = this.clamp(offset);
    const at = floorIndex(all, inside);
    return all[at] === inside ? inside : (all[at + 1] ?? this.length);
  }

  /** Code point offsets where a cluster begins, and the end. */
  private graphemes(): Uint32Array {
    if (!this.boundaries) {
      const starts = graphemeParts(this.text).map((part) => this.toCodePoint(part.index));
      this.boundaries = Uint32Array.from([...starts, this.length]);
    }
    return this.boundaries;
  }

  private clamp(offset: number): number {
    return Math.max(0, Math.min(this.length, offset));
  }
}

function utf16Offsets(text: string): Uint32Array {
  const offsets: number[] = [];
  let at = 0;
  for (const character of text) {
    offsets.push(at);
    at += character.length;
  }
  offsets.push(at);
  return Uint32Array.from(offsets);
}

/** Position of the last value that is not above `wanted`; the values rise. */
function floorIndex(values: Uint32Array, wanted: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] as number) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
