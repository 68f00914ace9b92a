import { describe, expect, test } from "vitest";
import { codePointLength, graphemeParts, snapRange, TextIndex, trimBlanks } from "../src";
import { tokensOf } from "./worker";

const FAMILY = "👨‍👩‍👧"; // three people, two joiners: 5 code points, 8 UTF-16 units, 1 cluster
const TEXTS: Record<string, string> = {
  plain: "perform GetCertificates now",
  emoji: `a ${FAMILY} b 😀c`,
  combining: "cafe\u0301 nai\u0308ve",
  crlf: "one\r\ntwo\r\n\r\nthree",
  arabic: "مَرْحَبًا بالعالم 123",
  hebrew: "שָׁלוֹם עולם (abc)",
  japanese: "東京都は日本の首都です。が",
  flags: "🇫🇷🇯🇵",
  empty: "",
};

describe.each(Object.entries(TEXTS))("offsets of %s", (_name, text) => {
  const index = new TextIndex(text);

  test("counts code points as Python does", () => {
    expect(index.length).toBe([...text].length);
    expect(codePointLength(text)).toBe([...text].length);
  });

  test("every code point goes to UTF-16 and back", () => {
    for (let offset = 0; offset <= index.length; offset++) {
      expect(index.toCodePoint(index.toUtf16(offset))).toBe(offset);
    }
  });

  test("slices are what the code points say", () => {
    const characters = [...text];
    for (let start = 0; start <= characters.length; start++) {
      expect(index.slice(start, start + 3)).toBe(characters.slice(start, start + 3).join(""));
    }
  });

  test("a snapped range starts and ends between clusters and holds the range", () => {
    const clusters = [...new Intl.Segmenter().segment(text)];
    const edges = new Set([...clusters.map((part) => part.index), text.length]);
    for (let start = 0; start < index.length; start++) {
      const snapped = index.snapToGraphemes({ start, end: start + 1 });
      expect(edges.has(index.toUtf16(snapped.start))).toBe(true);
      expect(edges.has(index.toUtf16(snapped.end))).toBe(true);
      expect(snapped.start <= start && snapped.end >= start + 1).toBe(true);
    }
  });
});

describe("graphemes", () => {
  test("a family of emoji is one unit", () => {
    const index = new TextIndex(TEXTS.emoji as string);
    expect(index.graphemeAt(4)).toEqual({ start: 2, end: 7 });
    expect(index.slice(2, 7)).toBe(FAMILY);
  });

  test("the middle of a surrogate pair belongs to its character", () => {
    expect(new TextIndex("a😀b").toCodePoint(2)).toBe(1);
  });

  test("a combining mark stays with its letter, CRLF stays together", () => {
    expect(new TextIndex("cafe\u0301").snapToGraphemes({ start: 3, end: 4 })).toEqual({
      start: 3,
      end: 5,
    });
    expect(new TextIndex("a\r\nb").snapToGraphemes({ start: 1, end: 2 })).toEqual({
      start: 1,
      end: 3,
    });
  });

  test.each([
    ["latin with marks", "cafe\u0301 na\u00efve e\u0301te\u0301 "],
    ["flags and families", "🇫🇷🇯🇵👨‍👩‍👧 ok "],
    ["crlf", "a\r\n\r\nb"],
    ["kana with voiced marks", "か\u3099がハ\uff9e日本"],
    ["arabic with vowels", "مَرْحَبًا "],
    ["devanagari", "क्षत्रिय नमस्ते "],
    ["hangul jamo", "각각 "],
  ])("a long text is cut where nothing joins: %s", (_name, unit) => {
    const text = unit.repeat(150);
    const whole = [...new Intl.Segmenter().segment(text)].map((part) => part.index);
    expect(graphemeParts(text).map((part) => part.index)).toEqual(whole);
  });

  test("offsets outside the text are clamped", () => {
    const index = new TextIndex("ab");
    expect([index.toUtf16(-3), index.toUtf16(9), index.toCodePoint(9)]).toEqual([0, 2, 2]);
  });
});

describe("snapping", () => {
  const text = "  To get\r\na token, now ";
  const index = new TextIndex(text);
  const tokens = tokensOf(text);

  test("grows to the tokens it touches", () => {
    const range = snapRange(index, tokens, "token", { start: 6, end: 13 });
    expect(range && index.slice(range.start, range.end)).toBe("get\r\na token,");
  });

  test("character mode keeps the ends and trims blanks", () => {
    const range = snapRange(index, tokens, "character", { start: 4, end: 7 });
    expect(range && index.slice(range.start, range.end)).toBe("ge");
  });

  test("blanks alone are nothing", () => {
    expect(snapRange(index, tokens, "token", { start: 0, end: 2 })).toBeNull();
    expect(snapRange(index, tokens, "token", { start: 5, end: 5 })).toBeNull();
  });

  test("white space of other scripts is trimmed too", () => {
    const wide = new TextIndex("\u3000東京\u00a0");
    expect(trimBlanks(wide, { start: 0, end: 4 })).toEqual({ start: 1, end: 3 });
  });

  test("text without tokens falls back to words, also without spaces", () => {
    const words = new TextIndex("東京都は日本です").words();
    expect(words.length).toBeGreaterThan(2);
    expect(words[0]?.[0]).toBe(0);
  });
});
