/** Figures as people read them; an absent figure is a dash, never a zero. */

const LOCALE = "en";
const DASH = "–";
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(LOCALE, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** 21400 -> "21,400" */
export function count(value: number | null | undefined): string {
  return value == null ? DASH : whole.format(value);
}

/** "1 example", "1,200 examples" */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}

/** A score on the 0..100 scale: 80.43 -> "80.4" */
export function score(value: number | null | undefined): string {
  return value == null ? DASH : tenths.format(value);
}

/** Words per second, rounded to what a measurement can promise: 21437 -> "21,400" */
export function speed(value: number | null | undefined): string {
  if (value == null) return DASH;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) - 2);
  return whole.format(Math.round(value / step) * step);
}

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** 6204113 -> "6.2 MB" (powers of 1000, as download managers count) */
export function bytes(value: number | null | undefined): string {
  if (value == null) return DASH;
  let size = value;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const figure = unit > 0 && size < 10 ? tenths.format(size) : whole.format(size);
  return `${figure} ${UNITS[unit] ?? ""}`;
}

/** How much of a whole is done, 0..100; an unknown or empty whole counts as nothing done. */
export function percent(done: number, total: number | null | undefined): number {
  if (!total || total <= 0) return 0;
  return Math.min(100, Math.max(0, (100 * done) / total));
}
