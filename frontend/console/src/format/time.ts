/** Times relative to now, and durations in at most two units. */

const SECOND = 1000;
const STEPS: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60 * SECOND, SECOND, "second"],
  [60 * 60 * SECOND, 60 * SECOND, "minute"],
  [24 * 3600 * SECOND, 3600 * SECOND, "hour"],
  [30 * 86400 * SECOND, 86400 * SECOND, "day"],
  [365 * 86400 * SECOND, 30 * 86400 * SECOND, "month"],
  [Number.POSITIVE_INFINITY, 365 * 86400 * SECOND, "year"],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "2026-11-21T22:49:12Z" -> "3 minutes ago"; within ten seconds "just now". */
export function ago(iso: string, now: number): string {
  const distance = new Date(iso).getTime() - now;
  if (Math.abs(distance) < 10 * SECOND) return "just now";
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(distance) < limit) ?? [
    0,
    SECOND,
    "second",
  ];
  return relative.format(Math.round(distance / Number(size)), unit as Intl.RelativeTimeFormatUnit);
}

/** The exact local time, for the tooltip of a relative one. */
export function exactly(iso: string): string {
  return new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** 75 -> "1 min 15 s"; 5400 -> "1 h 30 min" */
export function duration(seconds: number | null | undefined): string {
  if (seconds == null) return "–";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return twoUnits(whole, 60, "min", "s");
  return twoUnits(Math.round(whole / 60), 60, "h", "min");
}

function twoUnits(value: number, size: number, large: string, small: string): string {
  const rest = value % size;
  const head = `${Math.floor(value / size)} ${large}`;
  return rest ? `${head} ${rest} ${small}` : head;
}
