/** Where connections run: from mark to mark over the text, each on a level of its own. */
import type { Link } from "@annex/annotator-core";

export interface Box {
  readonly x: number;
  readonly top: number;
}

export interface Route {
  readonly path: string;
  /** The middle of the piece that ends above the child. */
  readonly x: number;
  readonly y: number;
}

const FIRST = 8;
const STEP = 11;
/** Tops of boxes on one line differ by less, in pixels. */
export const SAME_LINE = 4;
const MARGIN = 10;
const APART = 4;
const ASIDE = 9;
/** How wide the way from a mark back to itself is. */
const LOOP = 16;

/** Give each connection the lowest level on which no other runs over the same text. */
export function levelsOf(links: readonly Link[]): readonly number[] {
  const taken: { level: number; from: number; to: number }[] = [];
  return links.map(({ head, child }) => {
    const [from, to] = [Math.min(head.start, child.start), Math.max(head.end, child.end)];
    const near = taken.filter((other) => other.from < to && from < other.to);
    let level = 0;
    while (near.some((other) => other.level === level)) level++;
    taken.push({ level, from, to });
    return level;
  });
}

/** From the head up, over to the child and down to it; between lines through the margin. */
export function routeOf(head: Box, child: Box, level: number): Route {
  const rise = FIRST + level * STEP;
  const [from, to] = [head.top - rise, child.top - rise];
  // Several connections of one mark end side by side.
  const aside = (level % 3) * ASIDE;
  const start = head.x + aside;
  const isLoop = head.x === child.x && head.top === child.top;
  const goal = isLoop ? start + LOOP : child.x - aside;
  const begin = `M ${start} ${head.top} V ${from}`;
  const end = `H ${goal} V ${child.top - 1}`;
  if (Math.abs(head.top - child.top) < SAME_LINE)
    return { path: `${begin} ${end}`, x: (start + goal) / 2, y: to };
  const margin = MARGIN + (level % 4) * APART;
  return { path: `${begin} H ${margin} V ${to} ${end}`, x: (margin + goal) / 2, y: to };
}
