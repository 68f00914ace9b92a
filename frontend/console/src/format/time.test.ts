import { describe, expect, it } from "vitest";
import { ago, duration } from "./time";

const NOW = Date.parse("2026-11-21T12:00:00Z");

describe("ago", () => {
  it.each([
    ["2026-11-21T11:59:55Z", "just now"],
    ["2026-11-21T11:59:15Z", "45 seconds ago"],
    ["2026-11-21T11:57:00Z", "3 minutes ago"],
    ["2026-11-21T09:00:00Z", "3 hours ago"],
    ["2026-11-20T11:00:00Z", "yesterday"],
    ["2026-11-24T12:00:00Z", "in 3 days"],
  ])("reads %s as %s", (iso, words) => {
    expect(ago(iso, NOW)).toBe(words);
  });
});

describe("duration", () => {
  it.each([
    [8.2, "8 s"],
    [60, "1 min"],
    [75, "1 min 15 s"],
    [5400, "1 h 30 min"],
    [null, "–"],
  ])("reads %s seconds as %s", (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});
