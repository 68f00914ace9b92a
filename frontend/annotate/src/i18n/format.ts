/** Numbers, sizes, moments and plurals, as a language writes them. */
import type { Language } from "@annex/annotator-core";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Words by plural category; `other` is all that a language without more needs. */
export type Plural<T> = Partial<Record<Intl.LDMLPluralRule, T>> & { readonly other: T };

export interface Format {
  readonly number: (value: number) => string;
  /** A ratio from 0 to 1 as whole per cent. */
  readonly percent: (ratio: number) => string;
  /** A ratio from 0 to 1 as points of 100, one decimal. */
  readonly points: (ratio: number) => string;
  /** A size for people: `6.2 MB`. */
  readonly bytes: (size: number) => string;
  readonly moment: (iso: string) => string;
  /** A day without a time, which is the same day everywhere. */
  readonly date: (iso: string) => string;
  /** From one moment to another, saying once what both share. */
  readonly period: (first: string, last: string) => string;
  /** Working time in whole minutes. */
  readonly duration: (seconds: number) => string;
  readonly list: (items: readonly string[]) => string;
  readonly plural: <T>(count: number, words: Plural<T>) => T;
}

export function formatOf(language: Language): Format {
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const share = new Intl.NumberFormat(language, { style: "percent" });
  const rules = new Intl.PluralRules(language);
  const list = new Intl.ListFormat(language, { type: "unit", style: "short" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  return {
    number: (value) => plain.format(value),
    percent: (ratio) => share.format(ratio),
    points: (ratio) => tenth.format(100 * ratio),
    bytes: (size) => bytesIn(language, size),
    moment: (iso) => moment.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
    period: (first, last) => moment.formatRange(new Date(first), new Date(last)),
    duration: (seconds) => durationIn(language, Math.round(seconds / 60)),
    list: (items) => list.format(items),
    plural: (count, words) => words[rules.select(count)] ?? words.other,
  };
}

function bytesIn(language: Language, size: number): string {
  let [value, unit] = [size, 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[unit] ?? "byte",
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

function durationIn(language: Language, minutes: number): string {
  const one = (value: number, unit: "hour" | "minute") =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(value);
  if (minutes < 60) return one(minutes, "minute");
  return `${one(Math.floor(minutes / 60), "hour")} ${one(minutes % 60, "minute")}`;
}
