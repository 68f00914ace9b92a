"""How sure a score is. Scores here are ratios, 0 to 1."""

from __future__ import annotations

import math
from typing import NamedTuple

Z_95 = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


class Interval(NamedTuple):
    """Where a score, or a difference of two, lies with 95 % confidence."""

    low: float
    high: float

    @property
    def margin(self) -> int:
        """Half of it in points of 100, rounded up, at least 1: "give or take"."""
        return max(1, math.ceil(round(50 * (self.high - self.low), 6)))

    @property
    def reversed(self) -> Interval:
        """The interval of the difference the other way round."""
        return Interval(-self.high, -self.low)


def wilson_interval(score: float, trials: int) -> Interval:
    """Return the 95 % interval of a proportion: a guess, for clusters that send no interval.

    F is no proportion; with the gold spans as trials the interval is close enough to say how far
    a score can be trusted, and unlike the plain normal one it stays sensible near 0 and 1.
    Args: trials: gold spans of the evaluation set; 0 tells nothing.  Source: Wilson (1927).
    """
    if trials <= 0:
        return Interval(0.0, 1.0)
    square = Z_95**2
    centre = (score + square / (2 * trials)) / (1 + square / trials)
    spread = math.sqrt(score * (1 - score) / trials + square / (4 * trials**2))
    half = Z_95 * spread / (1 + square / trials)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def crossing(points: list[tuple[int, float]], level: float) -> int | None:
    """Return how many examples a curve needs to pass a level, between the points by a line.

    Args: points: (examples, score), by examples. Returns: None when it does not pass; the first
    point's examples when it starts above.
    """
    before: tuple[int, float] | None = None
    for examples, score in points:
        if score > level:
            return examples if before is None else _between(before, (examples, score), level)
        before = (examples, score)
    return None


def _between(start: tuple[int, float], end: tuple[int, float], level: float) -> int:
    share = (level - start[1]) / (end[1] - start[1])
    return math.ceil(round(start[0] + share * (end[0] - start[0]), 6))
