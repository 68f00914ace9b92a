"""What kind of mistake a predictor made: each is exactly one of four."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from annex.contract.enums import Component, Says

from worker.predictors.base import Arc, NamedSpan
from worker.training.outcomes import Mark, Outcome, label_of


class Kind(StrEnum):
    """Ways to be wrong. Labels of whole texts have no boundaries; of arcs, it is the head."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    BOUNDARY = "boundary"
    LABEL = "label"


@dataclass(frozen=True)
class Mistake:
    """`gold` is null when nothing belongs there, `predicted` when nothing was found there."""

    kind: Kind
    gold: Mark | None = None
    predicted: Mark | None = None

    @property
    def labels(self) -> set[str]:
        """The labels it is about, one or two."""
        return {label_of(mark) for mark in (self.gold, self.predicted) if mark is not None}


Pairing = tuple[Kind, Callable[[NamedSpan, NamedSpan], bool]]


def mistakes_in(outcome: Outcome, component: Component) -> list[Mistake]:
    """Return every mistake of one text: each missed and each wrong mark is part of exactly one."""
    missed = [mark for mark in outcome.gold if mark not in set(outcome.predicted)]
    wrong = [mark for mark in outcome.predicted if mark not in set(outcome.gold)]
    pairs = list(pair(missed, wrong, component))
    return [
        *pairs,
        *(Mistake(Kind.MISSED, gold=mark) for mark in missed),
        *(Mistake(Kind.SPURIOUS, predicted=mark) for mark in wrong),
    ]


def pair(missed: list[Mark], wrong: list[Mark], component: Component) -> Iterator[Mistake]:
    """Yield the mistakes that one missed and one wrong mark make together, and take both out."""
    if component.marks_spans:
        for kind, alike in PAIRINGS:
            yield from _pair_spans(missed, wrong, kind, alike)
    elif component.says is Says.RELATIONS:
        yield from _pair_arcs(missed, wrong)
    elif component is Component.TEXTCAT and missed and wrong:
        yield Mistake(Kind.LABEL, missed.pop(), wrong.pop())


def _pair_spans(
    missed: list[Mark], wrong: list[Mark], kind: Kind, alike: Callable[[NamedSpan, NamedSpan], bool]
) -> Iterator[Mistake]:
    for gold in [mark for mark in missed if isinstance(mark, NamedSpan)]:
        near = [mark for mark in wrong if isinstance(mark, NamedSpan) and alike(gold, mark)]
        if near:
            predicted = max(near, key=lambda mark: (shared(gold, mark), -mark.start))
            missed.remove(gold)
            wrong.remove(predicted)
            yield Mistake(kind, gold, predicted)


def _pair_arcs(missed: list[Mark], wrong: list[Mark]) -> Iterator[Mistake]:
    """Yield what hangs from another part, or under another label, which is the worse mistake."""
    hanging = {(mark.start, mark.end): mark for mark in wrong if isinstance(mark, Arc)}
    for gold in [mark for mark in missed if isinstance(mark, Arc)]:
        if predicted := hanging.pop((gold.start, gold.end), None):
            missed.remove(gold)
            wrong.remove(predicted)
            kind = Kind.BOUNDARY if gold.label == predicted.label else Kind.LABEL
            yield Mistake(kind, gold, predicted)


def shared(one: NamedSpan, other: NamedSpan) -> int:
    """Return how many code points two marks have in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def same_place(one: NamedSpan, other: NamedSpan) -> bool:
    """Whether two marks cover the same part of a text."""
    return (one.start, one.end) == (other.start, other.end)


def same_label(one: NamedSpan, other: NamedSpan) -> bool:
    """Whether two marks of one label overlap."""
    return one.label == other.label and shared(one, other) > 0


def overlap(one: NamedSpan, other: NamedSpan) -> bool:
    """Whether two marks overlap at all."""
    return shared(one, other) > 0


PAIRINGS: tuple[Pairing, ...] = (
    (Kind.LABEL, same_place),
    (Kind.BOUNDARY, same_label),
    (Kind.LABEL, overlap),
)
"""Tried in this order: where place and label are both wrong, the label is the worse mistake."""
