import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contrast, LABEL_PALETTE, labelColours, parseHex } from "../src/colour";

const ANY_COLOURS = ["#000000", "#ffffff", "#ffff00", "#00ff00", "#0000ff", "#808080", "#f0f"];
const SHEET = { light: "#ffffff", dark: "#1e1d1a" } as const;
const SCHEMES = ["light", "dark"] as const;

describe("label colours", () => {
  test("the palette has twelve different colours", () => {
    expect(new Set(LABEL_PALETTE).size).toBe(12);
  });

  test.each([...LABEL_PALETTE, ...ANY_COLOURS])("%s reads in both schemes", (hex) => {
    const colours = labelColours(hex);
    for (const scheme of SCHEMES) {
      const { background, ink } = colours[scheme];
      expect(contrast(ink, background)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink, SHEET[scheme])).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("short hex is read and nonsense falls back to the palette", () => {
    expect(parseHex("#f08")).toEqual([255, 0, 136]);
    expect(parseHex("red; background: url(x)")).toEqual(parseHex(LABEL_PALETTE[0]));
  });
});

describe("tokens", () => {
  const css = readFileSync(new URL("../tokens.css", import.meta.url), "utf8");
  const value = (name: string, scheme: 0 | 1): string => {
    const found = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css);
    if (!found) throw new Error(`no token --${name}`);
    return found[scheme + 1] as string;
  };
  const grounds = ["paper", "sheet"];
  const inks = ["ink", "ink-2", "ink-3", "accent", "good", "warn", "bad"];
  const pairs = inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const));

  test.each([
    ...pairs,
    ["accent-ink", "accent"],
    ["accent", "accent-soft"],
    ["warn", "warn-soft"],
    ["bad", "bad-soft"],
  ] as const)("%s on %s reads in both schemes", (ink, ground) => {
    for (const scheme of [0, 1] as const) {
      expect(contrast(value(ink, scheme), value(ground, scheme))).toBeGreaterThanOrEqual(4.5);
    }
  });
});
