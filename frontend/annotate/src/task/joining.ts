/**
 * A paragraph in several blocks that reads as one: each block begins on the line where the one
 * before it ends, as far in as that one reaches. A key then lays out the block it changed and those
 * whose beginning moved, not the paragraph.
 */
import type { Chunk } from "@annex/annotator-core";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** Blocks below the screen are joined between keys, so long at a time. */
const SLICE_MS = 6;
const PAUSE_MS = 30;

class Joiner {
  /** Blocks that may end elsewhere than before. */
  private readonly moved = new Set<number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly sheet: HTMLElement) {}

  /** Join what is on the screen now and the rest soon. */
  begin(moved: Iterable<number>): void {
    for (const at of moved) this.moved.add(at);
    this.join((block) => block.getBoundingClientRect().top < window.innerHeight);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private join(goesOn: (block: HTMLElement) => boolean): void {
    clearTimeout(this.timer);
    const blocks = [...this.sheet.querySelectorAll<HTMLElement>(":scope > [data-chunk]")];
    while (this.moved.size > 0) {
      const at = Math.min(...this.moved);
      const [block, next] = [blocks[at], blocks[at + 1]];
      if (block && !goesOn(block)) break;
      this.moved.delete(at);
      if (block && next && startAt(next, next.dataset.chunk ? endOf(block) : null)) {
        this.moved.add(at + 1);
      }
    }
    if (this.moved.size > 0) this.timer = setTimeout(() => this.joinSlice(), PAUSE_MS);
  }

  private joinSlice(): void {
    const until = performance.now() + SLICE_MS;
    this.join(() => performance.now() < until);
  }
}

/** How far in the last line of a block reaches, in pixels; its last element, empty, stands there. */
function endOf(block: HTMLElement): number {
  const end = block.lastElementChild?.getBoundingClientRect();
  const { left, right, width } = block.getBoundingClientRect();
  const isRtl = getComputedStyle(block).direction === "rtl";
  const reach = isRtl ? right - (end?.right ?? right) : (end?.left ?? left) - left;
  // A blank at the edge hangs over it.
  return Math.min(Math.max(reach, 0), width);
}

/** Let a block begin on the last line before it. Returns: whether it began elsewhere. */
function startAt(block: HTMLElement, reach: number | null): boolean {
  const value = reach === null ? "" : `${reach}px`;
  if (block.style.getPropertyValue("--reach") === value) return false;
  block.style.setProperty("--reach", value);
  block.toggleAttribute("data-joined", reach !== null);
  return true;
}

/**
 * Keep the blocks of every paragraph joined, whatever is drawn and however wide the sheet is.
 * Returns: whether there is a paragraph in several blocks.
 */
export function useJoins<C extends Chunk>(
  sheet: RefObject<HTMLElement | null>,
  drawn: readonly C[],
  isSame: (before: C, now: C) => boolean,
): boolean {
  const joiner = useRef<Joiner | null>(null);
  const before = useRef<readonly C[]>([]);
  const isCut = drawn.some((chunk) => chunk.continues);
  useLayoutEffect(() => {
    // A text in one piece may be drawn where a cut one was.
    if (!sheet.current || !(isCut || joiner.current)) return;
    joiner.current ??= new Joiner(sheet.current);
    joiner.current.begin(changes(before.current, drawn, isSame));
    before.current = drawn;
  }, [sheet, drawn, isCut, isSame]);
  useEffect(() => {
    if (!isCut || !sheet.current) return;
    return onReflow(sheet.current, () => joiner.current?.begin(before.current.keys()));
  }, [sheet, isCut]);
  useEffect(() => () => joiner.current?.stop(), []);
  return isCut;
}

function changes<C>(
  before: readonly C[],
  now: readonly C[],
  isSame: (before: C, now: C) => boolean,
): number[] {
  return [...now.keys()].filter((at) => {
    const [old, fresh] = [before[at], now[at]];
    return !old || !fresh || !isSame(old, fresh);
  });
}

/** Call when every line may break elsewhere: another width, another size of the letters, a font. */
function onReflow(sheet: HTMLElement, call: () => void): () => void {
  const look = () => `${sheet.clientWidth} ${getComputedStyle(sheet).font}`;
  let seen = look();
  const observer = new ResizeObserver(() => {
    const now = look();
    if (now !== seen) call();
    seen = now;
  });
  observer.observe(sheet);
  document.fonts.addEventListener("loadingdone", call);
  return () => {
    observer.disconnect();
    document.fonts.removeEventListener("loadingdone", call);
  };
}
