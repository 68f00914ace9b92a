import { describe, expect, it } from "vitest";
import { type ChartInput, layOut, linear, scoreDomain, ticks } from "./chart";

const INPUT: ChartInput = {
  curve: [
    { examples: 1200, f: 80, low: 77, high: 83 },
    { examples: 300, f: 60, low: 56, high: 64 },
    { examples: 600, f: 71, low: 68, high: 74 },
  ],
  baseline: { name: "Rules", f: 58 },
  passes_at: 300,
  target_f: 75,
};
const SIZE = { width: 936, height: 300 };

describe("scales", () => {
  it("map a domain to pixels, also upside down and when it is empty", () => {
    expect(linear(0, 100, 200, 0)(25)).toBe(150);
    expect(linear(5, 5, 10, 20)(5)).toBe(10);
  });

  it("tick at round numbers", () => {
    expect(ticks(0, 1200, 6)).toEqual([0, 200, 400, 600, 800, 1000, 1200]);
    expect(ticks(40, 90, 5)).toEqual([40, 50, 60, 70, 80, 90]);
    expect(ticks(0, 37, 3)).toEqual([0, 20]);
  });

  it("give scores room without leaving 0 to 100", () => {
    expect(scoreDomain([58, 83])).toEqual({ from: 50, to: 90 });
    expect(scoreDomain([1, 99])).toEqual({ from: 0, to: 100 });
    expect(scoreDomain([75])).toEqual({ from: 60, to: 80 });
    expect(scoreDomain([])).toEqual({ from: 0, to: 100 });
  });
});

describe("layOut", () => {
  const chart = layOut(INPUT, SIZE);

  it("draws the points in order from left to right, better ones higher", () => {
    expect(chart.points.map(({ point }) => point.examples)).toEqual([300, 600, 1200]);
    expect(chart.points[2]?.x).toBe(chart.right);
    const heights = chart.points.map(({ y }) => y);
    expect([...heights].sort((a, b) => b - a)).toEqual(heights);
    expect(chart.line.startsWith("M")).toBe(true);
  });

  it("closes the band and keeps it inside the plot", () => {
    expect(chart.band.endsWith("Z")).toBe(true);
    const ys = [...chart.band.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map((match) => Number(match[1]));
    expect(ys).toHaveLength(6);
    expect(Math.min(...ys)).toBeGreaterThanOrEqual(chart.top);
    expect(Math.max(...ys)).toBeLessThanOrEqual(chart.bottom);
  });

  it("marks where the curve passes the baseline", () => {
    expect(chart.crossing).toEqual({
      x: chart.points[0]?.x,
      y: chart.baselineY,
      examples: 300,
    });
    expect(chart.targetY).toBeLessThan(chart.baselineY ?? 0);
  });

  it("leaves out what is not there", () => {
    const bare = layOut({ curve: [], baseline: null, passes_at: null, target_f: null }, SIZE);
    expect(bare).toMatchObject({ line: "", band: "", baselineY: null, targetY: null });
    expect(bare.crossing).toBeNull();
    expect(layOut({ ...INPUT, passes_at: 5000 }, SIZE).crossing).toBeNull();
  });
});
