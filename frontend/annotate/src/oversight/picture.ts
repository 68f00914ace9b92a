import type { LedgerDays, LedgerSum } from "./shapes";

const DAY_MS = 86_400_000;

/** One kind of request over the days: a value per day, and what they come to. */
export interface KindOverDays {
  readonly kind: string;
  readonly sizes: readonly number[];
  readonly rows: number;
  readonly size: number;
  readonly days: number;
}

/** Every day from the first to the last, ISO. */
export function daysOf({ since, until }: LedgerDays): string[] {
  const days = [];
  for (let at = Date.parse(since); at <= Date.parse(until); at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** Sort sums into kinds, the largest first; a day without anything is 0. */
export function byKind(picture: LedgerDays): KindOverDays[] {
  const days = daysOf(picture);
  const kinds = new Map<string, LedgerSum[]>();
  for (const sum of picture.sums) kinds.set(sum.kind, [...(kinds.get(sum.kind) ?? []), sum]);
  const found = [...kinds].map(([kind, sums]) => {
    const sizes = new Map(sums.map((sum) => [sum.day, sum.size_bytes]));
    return {
      kind,
      sizes: days.map((day) => sizes.get(day) ?? 0),
      rows: sums.reduce((total, sum) => total + sum.rows, 0),
      size: sums.reduce((total, sum) => total + sum.size_bytes, 0),
      days: sums.length,
    };
  });
  return found.sort((one, other) => other.size - one.size);
}
