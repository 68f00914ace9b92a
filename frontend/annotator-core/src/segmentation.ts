/**
 * Grapheme clusters and words of a text of any length. V8 copies the whole input for every segment it
 * returns, so a text of 100,000 characters would need 10 GB: cut it into pieces first, only where
 * nothing can join across the cut.
 */
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const WORDS = new Intl.Segmenter(undefined, { granularity: "word" });
const PIECE_LENGTH = 400;

/** Before a blank nothing joins, but the LF of CRLF. */
const BLANK_AHEAD = "(?<!\\r)(?=[ \\n])";
/** Two plain letters in a row never join (UAX 29, GB3 to GB13). Kana only to U+30FA, before the joining marks. */
const PLAIN =
  "[\\x20-\\x7e\\u0400-\\u0481\\u05d0-\\u05ea\\u0620-\\u064a\\u3041-\\u3096\\u30a1-\\u30fa\\u4e00-\\u9fff]";
const WORD_CUT = new RegExp(BLANK_AHEAD, "g");
const GRAPHEME_CUT = new RegExp(`${BLANK_AHEAD}|(?<=${PLAIN})(?=${PLAIN})`, "g");

export interface Part {
  /** UTF-16 offset in the whole text. */
  readonly index: number;
  readonly segment: string;
}

/** Every grapheme cluster, in order. */
export function graphemeParts(text: string): readonly Part[] {
  return partsOf(text, GRAPHEMES, GRAPHEME_CUT);
}

/** Every word and punctuation mark, in order, without the blanks between. */
export function wordParts(text: string): readonly Part[] {
  return partsOf(text, WORDS, WORD_CUT).filter((part) => part.segment.trim() !== "");
}

function partsOf(text: string, segmenter: Intl.Segmenter, cut: RegExp): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  while (start < text.length) {
    const end = nextCut(text, start, cut);
    for (const { index, segment } of segmenter.segment(text.slice(start, end))) {
      parts.push({ index: start + index, segment });
    }
    start = end;
  }
  return parts;
}

function nextCut(text: string, start: number, cut: RegExp): number {
  if (text.length - start <= PIECE_LENGTH) return text.length;
  cut.lastIndex = start + PIECE_LENGTH;
  return cut.exec(text)?.index ?? text.length;
}
