"""How far a measured F, or the difference of two, can be trusted: intervals by resampling texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 20_251_121
LEVEL_PERCENT = 95

Counts = NDArray[np.int64]
"""Shape (texts, 3): right, wrong and missed marks of each text."""


class Interval(NamedTuple):
    """The middle 95 % of what resampled sets of texts give."""

    low: float
    high: float


def counts_from(rows: Sequence[tuple[int, int, int]]) -> Counts:
    """Return (right, wrong, missed) rows as an array."""
    return np.asarray(rows, dtype=np.int64).reshape(-1, 3)


def f_interval(counts: Counts) -> Interval:
    """Return the interval of F on such texts; the same counts give the same interval.

    Texts are drawn, not marks: marks of one text go wrong together. Source: Efron (1979).
    """
    return _middle(f_of(_resampled(counts)))


def difference_interval(one: Counts, other: Counts) -> Interval:
    """Return the interval of F(one) - F(other), for counts on the same texts in the same order.

    Paired: each resample holds the same texts for both, so what is hard for both cancels out.
    Raises: ValueError when they are not as many.
    """
    if len(one) != len(other):
        raise ValueError("a difference is paired text by text")
    totals = _resampled(np.hstack([one, other]))
    return _middle(f_of(totals[:, :3]) - f_of(totals[:, 3:]))


def f_of(totals: Counts) -> NDArray[np.float64]:
    """Return F of totals, shape (…, 3); 0 where there is nothing to find and nothing was found."""
    right, wrong, missed = totals[..., 0], totals[..., 1], totals[..., 2]
    found: NDArray[np.float64] = 2 * right / np.maximum(1, 2 * right + wrong + missed)
    return found


def _resampled(rows: Counts) -> Counts:
    """Return the totals of each resample, shape (RESAMPLES, columns).

    Texts that count the same are drawn together: how often each kind of them comes up is
    multinomial, which is the same as drawing them one by one and takes no longer for more texts.
    """
    if not len(rows):
        return np.zeros((RESAMPLES, rows.shape[1]), dtype=np.int64)
    kinds, often = np.unique(rows, axis=0, return_counts=True)
    dice = np.random.default_rng(SEED)
    totals: Counts = dice.multinomial(len(rows), often / len(rows), size=RESAMPLES) @ kinds
    return totals


def _middle(values: NDArray[np.float64]) -> Interval:
    outside = (100 - LEVEL_PERCENT) / 2
    low, high = np.percentile(values, [outside, 100 - outside])
    return Interval(float(low), float(high))
