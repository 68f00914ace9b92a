"""Precision, recall and F over exact spans: same start, same end, same label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from annex.contract.outbound import SUPPRESS_BELOW, LabelScores, Scores

from worker.predictors.base import NamedSpan


@dataclass(frozen=True)
class Tally:
    """Counts of spans: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def support(self) -> int:
        """Return the number of gold spans."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Return the share of the found spans that are right; 0 when none was found."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of the gold spans that were found; 0 when there are none."""
        return self.right / max(1, self.support)

    @property
    def f(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def to_scores(self) -> Scores:
        """Return the figures as the contract sends them."""
        return Scores(precision=self.precision, recall=self.recall, f=self.f, support=self.support)


@dataclass(frozen=True)
class Report:
    """What was counted over a dataset: all spans together, and by label name."""

    overall: Tally
    per_label: dict[str, Tally] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return `{overall, per_label: {name: figures}}`; figures are P, R, F, counts."""
        per_label = {name: figures(tally) for name, tally in sorted(self.per_label.items())}
        return {"overall": figures(self.overall), "per_label": per_label}


def figures(tally: Tally) -> dict[str, float]:
    """Return a tally as plain figures: ratios from 0 to 1 and counts."""
    return {
        "precision": tally.precision,
        "recall": tally.recall,
        "f": tally.f,
        "support": tally.support,
        "right": tally.right,
        "wrong": tally.wrong,
    }


def score_spans(
    gold: Iterable[Sequence[NamedSpan]], predicted: Iterable[Sequence[NamedSpan]]
) -> Report:
    """Compare the two text by text; micro-averaged. Raises: ValueError when one is longer."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for expected, found in zip(gold, predicted, strict=True):
        wanted, given = set(expected), set(found)
        right.update(span.label for span in wanted & given)
        wrong.update(span.label for span in given - wanted)
        missed.update(span.label for span in wanted - given)
    labels = right.keys() | wrong.keys() | missed.keys()
    tallies = {label: Tally(right[label], wrong[label], missed[label]) for label in labels}
    return Report(Tally(right.total(), wrong.total(), missed.total()), tallies)


def suppressed_labels(supports: dict[UUID, int], below: int = SUPPRESS_BELOW) -> set[UUID]:
    """Return the labels whose figures must not leave the cluster.

    Those with a support under `below`, and with them the next smallest: otherwise the total,
    which is sent, would give the one small count away. Source: docs/protocol.md section 5.
    """
    small = {label for label, support in supports.items() if support < below}
    others = sorted(
        (label for label in supports if label not in small),
        key=lambda label: (supports[label], label),
    )
    return small | set(others[:1]) if small else small


def outbound_scores(report: Report, label_ids: dict[str, UUID]) -> list[LabelScores]:
    """Return figures by label id, small ones suppressed, those of unregistered names left out."""
    tallies = {
        label_ids[name]: tally for name, tally in report.per_label.items() if name in label_ids
    }
    hidden = suppressed_labels({label: tally.support for label, tally in tallies.items()})
    return [
        LabelScores(label=label, scores=None if label in hidden else tally.to_scores())
        for label, tally in sorted(tallies.items())
    ]
