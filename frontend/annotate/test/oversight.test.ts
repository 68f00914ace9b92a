import { describe, expect, test } from "vitest";
import { routeOf } from "../src/app/route";
import { formatOf } from "../src/i18n/format";
import { added } from "../src/oversight/check";
import { byKind, daysOf } from "../src/oversight/picture";
import { withQuery } from "../src/oversight/query";
import type { CheckStep } from "../src/oversight/shapes";

describe("the picture of what went out", () => {
  const sum = (day: string, kind: string, rows: number, size_bytes: number) => ({
    day,
    kind,
    rows,
    size_bytes,
  });
  const picture = {
    since: "2026-02-27",
    until: "2026-03-02",
    sums: [
      sum("2026-02-27", "poll", 10, 400),
      sum("2026-03-01", "events", 2, 9_000),
      sum("2026-03-02", "poll", 5, 200),
    ],
  };

  test("has every day, also across the end of a month and those without anything", () => {
    expect(daysOf(picture)).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
    expect(byKind(picture)).toEqual([
      { kind: "events", sizes: [0, 0, 9_000, 0], rows: 2, size: 9_000, days: 1 },
      { kind: "poll", sizes: [400, 0, 0, 200], rows: 15, size: 600, days: 2 },
    ]);
  });

  test("of nothing is nothing", () => {
    expect(byKind({ ...picture, sums: [] })).toEqual([]);
  });

  test("names a day as the same everywhere", () => {
    expect(formatOf("en").date("2026-03-01")).toBe("Mar 1, 2026");
  });
});

describe("a check", () => {
  const step = (changes: Partial<CheckStep>): CheckStep => ({
    after: 2000,
    head: "aa",
    until: 3000,
    rows: 2000,
    receipts: 4,
    flaws: [],
    done: false,
    fingerprint: "1f6f",
    ...changes,
  });

  test("adds its steps up and forgets no flaw", () => {
    const flaw = { seq: 7, reason: "the body was changed" };
    const first = added(null, step({ flaws: [flaw] }));
    const last = added(first, step({ after: 3000, head: "bb", rows: 1000, done: true }));
    expect(last).toMatchObject({ rows: 3000, receipts: 8, flaws: [flaw], head: "bb", done: true });
  });
});

test("filters that are blank are not asked for", () => {
  expect(withQuery("/api/access", { subject: "", what: "" })).toBe("/api/access");
  expect(withQuery("/api/access", { subject: "a", what: "line.cut" })).toBe(
    "/api/access?subject=a&what=line.cut",
  );
});

test("the administrators' pages have no id", () => {
  expect(routeOf("/ledger")).toEqual({ page: "ledger" });
  expect(routeOf("/people/")).toEqual({ page: "people" });
  expect(routeOf("/ledger/7")).toEqual({ page: "unknown" });
});
