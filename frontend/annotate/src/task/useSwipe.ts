import {
  beginSwipe,
  isFarEnough,
  moveSwipe,
  type Swipe,
  type SwipeVerdict,
  swipeVerdict,
} from "@annex/annotator-core";
import { type PointerEvent, useRef, useState } from "react";

/** What a finger on its way would answer. */
export interface SwipeInSight {
  readonly verdict: SwipeVerdict;
  readonly across: number;
  /** Letting go answers. */
  readonly isFar: boolean;
}

export interface SwipeOptions {
  readonly isOn: boolean;
  /** Is there something to accept? */
  readonly canAccept: boolean;
  readonly onAnswer: (verdict: SwipeVerdict) => void;
}

const ONE_COLUMN = "(max-width: 820px)";
/** Where a finger has something else to do: in a text with marks it selects words. */
const ELSEWHERE = "[role=textbox], input, textarea, select, dialog";

/** Answers by a finger across an element; spread `handlers` on it. */
export function useSwipe({ isOn, canAccept, onAnswer }: SwipeOptions) {
  const finger = useRef<{ id: number; swipe: Swipe } | null>(null);
  const [inSight, setInSight] = useState<SwipeInSight | null>(null);
  const end = () => {
    finger.current = null;
    setInSight(null);
  };
  const down = (event: PointerEvent<HTMLElement>) => {
    // A second finger zooms.
    if (finger.current) return end();
    if (!isOn || !maySwipe(event)) return;
    finger.current = { id: event.pointerId, swipe: beginSwipe(pointOf(event)) };
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (finger.current?.id !== event.pointerId) return;
    if (hasSelection()) return end();
    const swipe = moveSwipe(finger.current.swipe, pointOf(event), canAccept);
    finger.current.swipe = swipe;
    // The button under the finger is not pressed then.
    if (swipe.state === "swiping") event.currentTarget.setPointerCapture(event.pointerId);
    setInSight(inSightOf(swipe));
  };
  const up = (event: PointerEvent<HTMLElement>) => {
    if (finger.current?.id !== event.pointerId) return;
    const shown = inSightOf(finger.current.swipe);
    end();
    if (shown?.isFar) onAnswer(shown.verdict);
  };
  const handlers = { onPointerDown: down, onPointerMove: move, onPointerUp: up };
  return { inSight, handlers: { ...handlers, onPointerCancel: end } };
}

function maySwipe({ pointerType, isPrimary, target }: PointerEvent<HTMLElement>): boolean {
  const isElsewhere = target instanceof Element && target.closest(ELSEWHERE) !== null;
  const isOneColumn = window.matchMedia(ONE_COLUMN).matches;
  return pointerType === "touch" && isPrimary && isOneColumn && !isElsewhere && !hasSelection();
}

function hasSelection(): boolean {
  return document.getSelection()?.isCollapsed === false;
}

function pointOf({ clientX, clientY }: PointerEvent<HTMLElement>) {
  return { x: clientX, y: clientY };
}

function inSightOf(swipe: Swipe): SwipeInSight | null {
  const verdict = swipeVerdict(swipe);
  if (!verdict) return null;
  return { verdict, across: swipe.across, isFar: isFarEnough(swipe, window.innerWidth) };
}
