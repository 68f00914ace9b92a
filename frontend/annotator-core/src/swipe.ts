/**
 * One finger across the page: right accepts, left rejects. Nothing answers by a swipe upwards,
 * which scrolls. Positions are CSS pixels of the screen.
 */
import type { Verdict } from "./model";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Swipe {
  readonly from: Point;
  readonly state: "begun" | "swiping" | "refused";
  /** How far across, from where it became a swipe; never towards a verdict that cannot be given. */
  readonly across: number;
}

export type SwipeVerdict = Extract<Verdict, "accept" | "reject">;

/** A finger that rests trembles so much. */
const SLOP = 12;
/** Twice as far across as up or down. */
const SLOPE = 2;
const MOST_THRESHOLD = 120;

export function beginSwipe(from: Point): Swipe {
  return { from, state: "begun", across: 0 };
}

/** Follow the finger. What began upwards or downwards is scrolling, and stays that. */
export function moveSwipe(swipe: Swipe, to: Point, canAccept: boolean): Swipe {
  const [across, along] = [to.x - swipe.from.x, to.y - swipe.from.y];
  if (swipe.state === "refused") return swipe;
  if (swipe.state === "begun") {
    if (Math.hypot(across, along) < SLOP) return swipe;
    if (Math.abs(across) < SLOPE * Math.abs(along)) return { ...swipe, state: "refused" };
  }
  return { ...swipe, state: "swiping", across: canAccept ? across : Math.min(across, 0) };
}

/** The verdict a swipe leads to, null before it leads anywhere. */
export function swipeVerdict({ state, across }: Swipe): SwipeVerdict | null {
  if (state !== "swiping" || across === 0) return null;
  return across > 0 ? "accept" : "reject";
}

/** Is it far enough, on a page of this width, that letting go answers? */
export function isFarEnough({ across }: Swipe, width: number): boolean {
  return Math.abs(across) >= Math.min(MOST_THRESHOLD, 0.3 * width);
}
