/** Geometry of the learning curve: from scores to pixels, no React. */
import type { Board, CurvePoint } from "../../api/types";

export interface Size {
  width: number;
  height: number;
}

export interface Tick {
  value: number;
  at: number;
}

export interface Chart {
  /** The plot's edges in pixels. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  xTicks: Tick[];
  yTicks: Tick[];
  /** `lowY` and `highY`: the ends of a point's error bar. */
  points: { x: number; y: number; lowY: number; highY: number; point: CurvePoint }[];
  line: string;
  band: string;
  baselineY: number | null;
  targetY: number | null;
  crossing: { x: number; y: number; examples: number } | null;
}

export type ChartInput = Pick<Board, "curve" | "baseline" | "passes_at" | "target_f">;

const MARGIN = { left: 36, right: 56, top: 16, bottom: 32 };
const NICE_STEPS = [1, 2, 2.5, 5, 10];

/** Lay the chart out for a size in pixels; the curve is sorted by its number of examples. */
export function layOut(input: ChartInput, size: Size): Chart {
  const curve = [...input.curve].sort((a, b) => a.examples - b.examples);
  const left = MARGIN.left;
  const right = size.width - MARGIN.right;
  const bottom = size.height - MARGIN.bottom;
  const xDomain = { from: 0, to: Math.max(1, ...curve.map(({ examples }) => examples)) };
  const yDomain = scoreDomain(scoresOf(input));
  const x = linear(xDomain.from, xDomain.to, left, right);
  const y = linear(yDomain.from, yDomain.to, bottom, MARGIN.top);
  const points = curve.map((point) => ({
    x: x(point.examples),
    y: y(point.f),
    lowY: y(point.low),
    highY: y(point.high),
    point,
  }));
  return {
    left,
    right,
    top: MARGIN.top,
    bottom,
    xTicks: ticks(xDomain.from, xDomain.to, right - left > 500 ? 6 : 3).map(tickAt(x)),
    yTicks: ticks(yDomain.from, yDomain.to, 5).map(tickAt(y)),
    points,
    line: path(points),
    band: bandPath(curve, x, y),
    baselineY: input.baseline && y(input.baseline.f),
    targetY: input.target_f === null ? null : y(input.target_f),
    crossing: crossing(input, xDomain.to, x, y),
  };
}

type Scale = (value: number) => number;

export function linear(from: number, to: number, start: number, end: number): Scale {
  const span = to - from || 1;
  return (value) => start + ((value - from) / span) * (end - start);
}

/** Round numbers between `from` and `to`, about `about` of them, both ends allowed. */
export function ticks(from: number, to: number, about: number): number[] {
  const step = niceStep((to - from) / Math.max(1, about));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const nice = NICE_STEPS.find((step) => step * power >= rough - 1e-9) ?? 10;
  return nice * power;
}

/** Room for every score, widened to tens, never outside 0..100 and never narrower than 20. */
export function scoreDomain(scores: number[]): { from: number; to: number } {
  if (scores.length === 0) return { from: 0, to: 100 };
  const from = Math.max(0, Math.floor((Math.min(...scores) - 4) / 10) * 10);
  const to = Math.min(100, Math.ceil((Math.max(...scores) + 4) / 10) * 10);
  return to - from >= 20 ? { from, to } : { from: Math.max(0, to - 20), to: Math.max(20, to) };
}

function scoresOf({ curve, baseline, target_f }: ChartInput): number[] {
  const lines = [baseline?.f, target_f].filter((value): value is number => value != null);
  return [...curve.flatMap(({ f, low, high }) => [f, low, high]), ...lines];
}

function crossing(input: ChartInput, to: number, x: Scale, y: Scale): Chart["crossing"] {
  const { passes_at: examples, baseline } = input;
  if (examples === null || !baseline || examples > to) return null;
  return { x: x(examples), y: y(baseline.f), examples };
}

function bandPath(curve: CurvePoint[], x: Scale, y: Scale): string {
  if (curve.length < 2) return "";
  const upper = curve.map(({ examples, high }) => ({ x: x(examples), y: y(high) }));
  const lower = curve.map(({ examples, low }) => ({ x: x(examples), y: y(low) }));
  return `${path([...upper, ...lower.reverse()])} Z`;
}

function path(points: { x: number; y: number }[]): string {
  return points.map(({ x, y }, index) => `${index ? "L" : "M"}${round(x)} ${round(y)}`).join(" ");
}

function tickAt(scale: Scale) {
  return (value: number): Tick => ({ value, at: scale(value) });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
