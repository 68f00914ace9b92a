"""What an evaluation found in single texts: mistakes by kind, the worst of them first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annex.contract.enums import Component
from django.db.models import F, QuerySet

from worker.predictors.base import Arc, NamedSpan
from worker.training.mistakes import Kind, Mistake, mistakes_in
from worker.training.models import Evaluation, Prediction
from worker.training.outcomes import Mark, Outcome, label_of, place_of
from worker.training.predictions import to_outcome

WORST_TEXTS = 50
AROUND_CODEPOINTS = 160
EXCERPT_CODEPOINTS = 1200


@dataclass(frozen=True)
class Finding:
    """One text that a predictor got wrong, what is kept of it, and every mistake in it.

    `example` is the store's id.
    """

    example: int
    outcome: Outcome
    mistakes: Sequence[Mistake]

    @property
    def sureness(self) -> float:
        """How sure the predictor was of its worst mistake, from 0 to 1; 0 for marks."""
        return max((_sureness(mistake, self.outcome) for mistake in self.mistakes), default=0.0)


class Excerpt(NamedTuple):
    """Part of a text, in code points; `end` is excluded."""

    start: int
    end: int


def wrong_rows(evaluation: Evaluation) -> QuerySet[Prediction]:
    """Return the evaluation's rows with a mistake, without their texts."""
    return evaluation.predictions.alias(mistakes=F("wrong") + F("missed")).filter(mistakes__gt=0)


def findings_of(evaluation: Evaluation) -> list[Finding]:
    """Return every text with a mistake, in the order of the dataset."""
    component = Component(evaluation.component)
    rows = wrong_rows(evaluation).order_by("example_id")
    return [_finding(row, component) for row in rows.iterator(chunk_size=2000)]


def _finding(row: Prediction, component: Component) -> Finding:
    outcome = to_outcome(row)
    return Finding(row.example_id, outcome, mistakes_in(outcome, component))


def count_kinds(findings: Iterable[Finding]) -> dict[Kind, int]:
    """Return how many mistakes there are of each kind, also of those that do not occur."""
    counted = Counter(mistake.kind for finding in findings for mistake in finding.mistakes)
    return {kind: counted[kind] for kind in Kind}


def worst(findings: Iterable[Finding], is_asked: Callable[[Mistake], bool]) -> list[Finding]:
    """Return the texts with most of the mistakes asked for; of equal ones, the surest first."""
    asked = [(sum(map(is_asked, finding.mistakes)), finding) for finding in findings]
    some = [(count, finding) for count, finding in asked if count]
    some.sort(key=lambda pair: (-pair[0], -pair[1].sureness, pair[1].example))
    return [finding for _, finding in some[:WORST_TEXTS]]


def _sureness(mistake: Mistake, outcome: Outcome) -> float:
    if mistake.predicted is not None:
        return outcome.scores.get(label_of(mistake.predicted), 0.0)
    missed = label_of(mistake.gold) if mistake.gold is not None else ""
    return 1 - outcome.scores[missed] if missed in outcome.scores else 0.0


def excerpt_of(text: str, mistakes: Sequence[Mistake]) -> Excerpt:
    """Return the part of a text that shows its mistakes, with something around them.

    At most EXCERPT_CODEPOINTS long; the beginning for labels of whole texts.
    """
    places = [place for mistake in mistakes for place in _places(mistake)]
    first = min((start for start, _ in places), default=0)
    last = max((end for _, end in places), default=EXCERPT_CODEPOINTS)
    start = max(0, first - AROUND_CODEPOINTS)
    end = min(len(text), last + AROUND_CODEPOINTS, start + EXCERPT_CODEPOINTS)
    return Excerpt(start, end)


def _places(mistake: Mistake) -> Iterator[tuple[int, int]]:
    for mark in (mistake.gold, mistake.predicted):
        if isinstance(mark, Arc):
            yield mark.head_start, mark.head_end
        if isinstance(mark, Arc | NamedSpan):
            yield mark.start, mark.end


def within(marks: Iterable[Mark], excerpt: Excerpt) -> list[NamedSpan]:
    """Return the marks that lie in the excerpt as a whole, counted from its start."""
    return [
        NamedSpan(mark.start - excerpt.start, mark.end - excerpt.start, mark.label)
        for mark in map(place_of, marks)
        if mark and excerpt.start <= mark.start and mark.end <= excerpt.end
    ]
