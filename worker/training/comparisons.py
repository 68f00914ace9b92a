"""Two evaluations on the same texts: which of them one fixes, which it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annex.contract.enums import Component

from worker.training.bootstrap import Counts, Interval, counts_from, difference_interval, f_of
from worker.training.models import Evaluation, Prediction

MAX_COMPARED = 16
"""The newest predictors on a dataset that a new evaluation is compared with."""


class Change(StrEnum):
    """What became of a text's mistakes."""

    FIXED = "fixed"
    BROKEN = "broken"
    SAME = "same"


@dataclass(frozen=True)
class Paired:
    """One text as two predictors did on it."""

    before: Prediction
    after: Prediction

    @property
    def change(self) -> Change:
        """Whether the second made fewer mistakes than the first, more, or as many."""
        difference = mistakes_of(self.after) - mistakes_of(self.before)
        return Change.SAME if difference == 0 else Change.FIXED if difference < 0 else Change.BROKEN

    @property
    def size(self) -> int:
        """By how many mistakes they differ."""
        return abs(mistakes_of(self.after) - mistakes_of(self.before))


def mistakes_of(row: Prediction) -> int:
    """Return how many marks of a text are wrong or missing."""
    return row.wrong + row.missed


def is_comparable(one: Evaluation, other: Evaluation) -> bool:
    """Whether two evaluations measured the same thing on the same dataset."""
    kinds = {Component(row.component).says for row in (one, other)}
    return one.dataset_id == other.dataset_id and len(kinds) == 1


def pairs_of(before: Evaluation, after: Evaluation) -> list[Paired]:
    """Return the texts that both measured, in the dataset's order."""
    firsts = {row.example_id: row for row in before.predictions.all()}
    seconds = after.predictions.filter(example__in=firsts).order_by("example_id")
    return [Paired(firsts[row.example_id], row) for row in seconds]


def differing(pairs: Sequence[Paired], change: Change) -> list[Paired]:
    """Return the pairs of one change, the largest first."""
    some = [pair for pair in pairs if pair.change is change]
    return sorted(some, key=lambda pair: (-pair.size, pair.after.example_id))


@dataclass(frozen=True)
class Difference:
    """F of the second less F of the first on the texts that both measured; ratios."""

    f: float
    interval: Interval

    @property
    def is_told(self) -> bool:
        """Whether the interval says which of the two is better."""
        return self.interval.low > 0 or self.interval.high < 0


def difference_of(before: Counts, after: Counts) -> Difference:
    """Return the paired difference of two predictors."""
    f = f_of(after.sum(axis=0)) - f_of(before.sum(axis=0))
    return Difference(float(f), difference_interval(after, before))


def counted(rows: Sequence[Prediction]) -> Counts:
    """Return the counts of rows."""
    return counts_from([(row.right, row.wrong, row.missed) for row in rows])


def rivals_of(evaluation: Evaluation) -> list[Evaluation]:
    """Return the newest comparable evaluation of each other predictor on the same dataset."""
    rows = Evaluation.objects.filter(
        project_id=evaluation.project_id, dataset_id=evaluation.dataset_id, fraction=1.0
    ).exclude(predictor_id=evaluation.predictor_id)
    newest = rows.order_by("predictor_kind", "predictor_id", "-at").distinct(
        "predictor_kind", "predictor_id"
    )
    comparable = [row for row in newest if is_comparable(row, evaluation)]
    return sorted(comparable, key=lambda row: row.at, reverse=True)[:MAX_COMPARED]


def differences_from_rivals(evaluation: Evaluation) -> Iterator[tuple[Evaluation, Difference]]:
    """Yield each rival with how much better than it the evaluation is."""
    mine = _counts_by_example(evaluation)
    for rival in rivals_of(evaluation):
        theirs = _counts_by_example(rival)
        # An answer added or withdrawn since would make them two different sets of texts.
        if mine and mine.keys() == theirs.keys():
            order = sorted(mine)
            pair = [counts_from([rows[example] for example in order]) for rows in (theirs, mine)]
            yield rival, difference_of(*pair)


def _counts_by_example(evaluation: Evaluation) -> dict[int, tuple[int, int, int]]:
    rows = evaluation.predictions.values_list("example_id", "right", "wrong", "missed")
    return {example: (right, wrong, missed) for example, right, wrong, missed in rows}
