"""How sure a score is. Scores here are ratios, 0 to 1."""

from __future__ import annotations

import math

Z_95 = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


def wilson_interval(score: float, trials: int) -> tuple[float, float]:
    """Return the 95 % interval of a proportion.

    F is no proportion; with the gold spans as trials the interval is close enough to say how far
    a score can be trusted, and unlike the plain normal one it stays sensible near 0 and 1.
    Args: trials: gold spans of the evaluation set; 0 tells nothing.  Source: Wilson (1927).
    """
    if trials <= 0:
        return 0.0, 1.0
    square = Z_95**2
    centre = (score + square / (2 * trials)) / (1 + square / trials)
    spread = math.sqrt(score * (1 - score) / trials + square / (4 * trials**2))
    half = Z_95 * spread / (1 + square / trials)
    return max(0.0, centre - half), min(1.0, centre + half)


def margin_points(score: float, trials: int) -> int:
    """Return half the interval in points of 100, rounded up, at least 1: "give or take"."""
    low, high = wilson_interval(score, trials)
    return max(1, math.ceil(round(50 * (high - low), 6)))


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
