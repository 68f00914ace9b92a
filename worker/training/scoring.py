"""Precision, recall and F over exact spans (same start, end and label) or chosen labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from annex.contract.enums import Component
from annex.contract.scores import SUPPRESS_BELOW, LabelScores, Scores

from worker.predictors.base import Annotation, NamedSpan
from worker.training.outcomes import Outcome, choice_outcome, label_of, outcomes_of, unique
from worker.training.texts import LabelledText


@dataclass(frozen=True)
class Tally:
    """Counts of spans, or of chosen labels: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def support(self) -> int:
        """Return how many there are in the gold."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right; 0 when nothing was."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of the gold that was found; 0 when there is none."""
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
    """What was counted over a dataset: all together, and by label name."""

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


def score_texts(
    gold: Iterable[LabelledText], predicted: Iterable[Annotation], component: Component
) -> Report:
    """Compare what was predicted for texts with what is right. Raises: ValueError, as below."""
    return score_outcomes(outcomes_of(gold, predicted, component))


def score_spans(
    gold: Iterable[Sequence[NamedSpan]], predicted: Iterable[Sequence[NamedSpan]]
) -> Report:
    """Compare the two text by text; micro-averaged. Raises: ValueError when one is longer."""
    pairs = zip(gold, predicted, strict=True)
    return score_outcomes(Outcome(unique(wanted), unique(found)) for wanted, found in pairs)


def score_choices(gold: Iterable[LabelledText], predicted: Iterable[Sequence[str]]) -> Report:
    """Do as `score_spans` does, for the labels chosen for texts."""
    pairs = zip(gold, predicted, strict=True)
    return score_outcomes(choice_outcome(text, Annotation((), found)) for text, found in pairs)


def score_outcomes(outcomes: Iterable[Outcome]) -> Report:
    """Count what is right, wrong and missed, over all labels and for each."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for outcome in outcomes:
        wanted, given = set(outcome.gold), set(outcome.predicted)
        right.update(map(label_of, wanted & given))
        wrong.update(map(label_of, given - wanted))
        missed.update(map(label_of, wanted - given))
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
