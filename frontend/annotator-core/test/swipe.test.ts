import { expect, test } from "vitest";
import { beginSwipe, isFarEnough, moveSwipe, swipeVerdict } from "../src";

const WIDTH = 390;

/** Let a finger go through points relative to where it was put down. */
function swipe(points: readonly (readonly [number, number])[], canAccept = true) {
  const along = points.reduce(
    (state, [x, y]) => moveSwipe(state, { x: 200 + x, y: 300 + y }, canAccept),
    beginSwipe({ x: 200, y: 300 }),
  );
  return [swipeVerdict(along), isFarEnough(along, WIDTH)];
}

test.each([
  ["a finger that rests", [[5, 4]], [null, false]],
  [
    "to the right",
    [
      [30, 5],
      [130, 9],
    ],
    ["accept", true],
  ],
  [
    "to the left",
    [
      [-30, 5],
      [-130, 9],
    ],
    ["reject", true],
  ],
  [
    "not far enough",
    [
      [30, 5],
      [80, 9],
    ],
    ["accept", false],
  ],
  [
    "there and back",
    [
      [30, 5],
      [150, 9],
      [20, 9],
    ],
    ["accept", false],
  ],
  [
    "there and past the beginning",
    [
      [30, 5],
      [-150, 9],
    ],
    ["reject", true],
  ],
  [
    "scrolling, then across",
    [
      [5, 30],
      [150, 30],
    ],
    [null, false],
  ],
  [
    "aslant",
    [
      [20, 15],
      [150, 100],
    ],
    [null, false],
  ],
  [
    "across, then down",
    [
      [40, 2],
      [140, 200],
    ],
    ["accept", true],
  ],
] as const)("%s", (_name, points, expected) => {
  expect(swipe(points)).toEqual(expected);
});

test("nothing to accept is not accepted, and can be rejected", () => {
  expect(swipe([[150, 0]], false)).toEqual([null, false]);
  expect(swipe([[-150, 0]], false)).toEqual(["reject", true]);
});
