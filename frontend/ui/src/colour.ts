/**
 * Label colours. A label has one hex colour; what it looks like on light and on dark paper is
 * derived here, so that any colour a person picks stays readable (WCAG 1.4.3: 4.5 to 1).
 */

export type Rgb = readonly [red: number, green: number, blue: number];

export interface LabelColours {
  readonly light: ColourPair;
  readonly dark: ColourPair;
}

export interface ColourPair {
  readonly background: string;
  readonly ink: string;
}

/** Twelve colours that stay apart for most people; the first ones stay apart for everyone. */
export const LABEL_PALETTE = [
  "#2f7be5",
  "#f08c1a",
  "#4fae33",
  "#c2489b",
  "#12a5a0",
  "#d9463d",
  "#7a5be0",
  "#a8850f",
  "#5b7285",
  "#e0567f",
  "#2f9e6b",
  "#9a6136",
] as const;

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const DARK_SHEET: Rgb = [30, 29, 26];
const READABLE = 4.6;
const MIX_STEPS = 50;

/** Read `#rrggbb` or `#rgb`; anything else is the palette's first colour. */
export function parseHex(hex: string): Rgb {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(hex);
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  const parts = long?.slice(1) ?? short?.slice(1).map((digit) => digit + digit);
  if (!parts) return parseHex(LABEL_PALETTE[0]);
  return [channel(parts[0]), channel(parts[1]), channel(parts[2])];
}

function channel(part: string | undefined): number {
  return Number.parseInt(part ?? "0", 16);
}

function toHex(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const blend = (a: number, b: number) => a + (b - a) * share;
  return [blend(from[0], to[0]), blend(from[1], to[1]), blend(from[2], to[2])];
}

/** Relative luminance. Source: WCAG 2.2, "relative luminance". */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio, 1 to 21. Source: WCAG 2.2, "contrast ratio". */
export function contrast(first: string, second: string): number {
  const [a, b] = [luminance(parseHex(first)), luminance(parseHex(second))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Move `hex` towards `pole` until it reads on every one of `grounds`. */
function readableInk(hex: Rgb, pole: Rgb, grounds: readonly string[]): string {
  for (let step = 0; step <= MIX_STEPS; step++) {
    const ink = toHex(mix(hex, pole, step / MIX_STEPS));
    if (grounds.every((ground) => contrast(ink, ground) >= READABLE)) return ink;
  }
  return toHex(pole);
}

function pair(hex: Rgb, sheet: Rgb, pole: Rgb, share: number): ColourPair {
  const background = toHex(mix(sheet, hex, share));
  // A suggestion shows the ink on the bare sheet, a decision on the label's own ground.
  return { background, ink: readableInk(hex, pole, [background, toHex(sheet)]) };
}

/** Derive a label's ground and ink for both schemes from its hex colour. */
export function labelColours(hex: string): LabelColours {
  const colour = parseHex(hex);
  return {
    light: pair(colour, WHITE, BLACK, 0.22),
    dark: pair(colour, DARK_SHEET, WHITE, 0.36),
  };
}

/** The custom properties that `.label` in label.module.css reads; set through the CSSOM. */
export function labelProperties(hex: string): Record<`--label-${string}`, string> {
  const { light, dark } = labelColours(hex);
  return {
    "--label-ground-light": light.background,
    "--label-ink-light": light.ink,
    "--label-ground-dark": dark.background,
    "--label-ink-dark": dark.ink,
  };
}
