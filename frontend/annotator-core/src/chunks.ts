/**
 * A long text in pieces that a browser lays out one by one. As a single block of 100,000 characters
 * every key would lay out all of it. Pieces end after a line break; where none comes for long, after
 * a sentence, and a skin draws the next piece from where the last one ends, on the same line. The
 * text itself is not touched.
 */
import type { Range } from "./model";
import type { TextIndex } from "./offsets";

export interface Chunk extends Range {
  /** The paragraph's, where a piece goes on with it; else what its own letters say. */
  readonly direction: "auto" | "ltr" | "rtl";
  /** How it goes on with the piece before: with the same word, the same paragraph, or not at all. */
  readonly continues: "word" | "paragraph" | null;
}

const LENGTH = 1200;
/** A paragraph a little longer is not worth a cut. */
const MOST = 1.5 * LENGTH;

const SENTENCE_END = /[.!?؟।…]["'”’»)\]]*\s+|[。！？]["'”’」』）]*/gu;
const BLANK = /\s+/gu;
const INSIDE_WORD = /^[^\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}。！？」』）]{2}$/u;
const STRONG = /\p{L}/u;
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const cache = new WeakMap<TextIndex, readonly Chunk[]>();

/** The pieces of a text, in code points, in order and without gaps. */
export function chunksOf(index: TextIndex): readonly Chunk[] {
  const known = cache.get(index);
  if (known) return known;
  const chunks = cutText(index);
  cache.set(index, chunks);
  return chunks;
}

function cutText(index: TextIndex): readonly Chunk[] {
  const { text } = index;
  const chunks: Chunk[] = [];
  let [start, paragraph] = [0, 0];
  while (start < text.length || chunks.length === 0) {
    const continues = start > paragraph;
    const end = nextEnd(index, start, continues);
    chunks.push({
      start: index.toCodePoint(start),
      end: index.toCodePoint(end),
      direction: continues ? directionOf(text, paragraph) : "auto",
      continues: continues ? (isInsideWord(text, start) ? "word" : "paragraph") : null,
    });
    if (text[end - 1] === "\n") paragraph = end;
    else if (!continues) paragraph = text.lastIndexOf("\n", end - 1) + 1;
    start = end;
  }
  return chunks;
}

/** UTF-16 offset where the piece that begins at `start` ends. */
function nextEnd(index: TextIndex, start: number, continues: boolean): number {
  const { text } = index;
  // What goes on with a paragraph ends with it, so that one direction is right for all of it.
  const lineEnd = continues
    ? text.indexOf("\n", start) + 1
    : text.lastIndexOf("\n", start + LENGTH - 1) + 1;
  if (lineEnd > start && lineEnd - start <= MOST) return lineEnd;
  if (text.length - start <= MOST) return text.length;
  const paragraphEnd = text.indexOf("\n", start) + 1;
  if (paragraphEnd > 0 && paragraphEnd - start <= MOST) return paragraphEnd;
  const window = text.slice(start + LENGTH / 2, start + LENGTH);
  const cut = lastMatchEnd(window, SENTENCE_END) ?? lastMatchEnd(window, BLANK);
  return cut === null ? between(index, start + LENGTH) : start + LENGTH / 2 + cut;
}

function lastMatchEnd(text: string, pattern: RegExp): number | null {
  const last = [...text.matchAll(pattern)].at(-1);
  return last ? last.index + last[0].length : null;
}

/** Between two characters, where a text offers nothing better. */
function between(index: TextIndex, at: number): number {
  return index.toUtf16(index.graphemeAt(index.toCodePoint(at)).start);
}

/** Nothing around the cut lets a line end there: no blank, no script that has none. */
function isInsideWord(text: string, at: number): boolean {
  return INSIDE_WORD.test(text.slice(at - 1, at + 1));
}

/** Which way the paragraph around a code point runs: as its first letter does. */
export function directionAt(index: TextIndex, offset: number): "ltr" | "rtl" {
  const before = index.text.slice(0, index.toUtf16(offset));
  return directionOf(index.text, before.lastIndexOf("\n") + 1);
}

function directionOf(text: string, paragraph: number): "ltr" | "rtl" {
  const [line] = text.slice(paragraph, paragraph + LENGTH).split("\n", 1);
  const strong = STRONG.exec(line ?? "")?.[0];
  return strong && RTL.test(strong) ? "rtl" : "ltr";
}
