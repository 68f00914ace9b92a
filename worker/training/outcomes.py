"""What was predicted for each text of an evaluation, beside what is right."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from annex.contract.enums import Component, Says

from worker.predictors.base import Annotation, Arc, NamedSpan
from worker.training.texts import LabelledText

Mark = NamedSpan | Arc | str
"""A marked part of a text, a part and what it hangs from, or the label of a whole text."""


@dataclass(frozen=True)
class Outcome:
    """One text's gold and prediction, each without repeats.

    `refused` is the label that the gold says no to; of such a text nothing else is known, and
    nothing else that was predicted for it stands here. `example` is the store's id of the text.
    """

    gold: tuple[Mark, ...] = ()
    predicted: tuple[Mark, ...] = ()
    refused: tuple[str, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    example: int | None = None

    @property
    def right(self) -> int:
        """How many were found that are there."""
        return len(set(self.gold) & set(self.predicted))

    @property
    def wrong(self) -> int:
        """How many were found that are not there."""
        return len(self.predicted) - self.right

    @property
    def missed(self) -> int:
        """How many are there and were not found."""
        return len(self.gold) - self.right


def outcomes_of(
    texts: Iterable[LabelledText], predicted: Iterable[Annotation], component: Component
) -> list[Outcome]:
    """Pair what is right with what was predicted. Raises: ValueError when one is longer."""
    make = OUTCOMES.get(component) or SAYING[component.says]
    return [make(text, said) for text, said in zip(texts, predicted, strict=True)]


def span_outcome(text: LabelledText, said: Annotation) -> Outcome:
    """Return the marks of a text."""
    return Outcome(unique(text.spans), unique(said.spans), example=text.example)


def token_outcome(text: LabelledText, said: Annotation) -> Outcome:
    """Return the tags of the tokens that are tagged in the gold; of the others nothing is known."""
    return Outcome(
        unique(text.spans), unique(touching(said.spans, text.spans)), example=text.example
    )


def sentence_outcome(text: LabelledText, said: Annotation) -> Outcome:
    """Return the sentences where the gold has some, whatever their label."""
    names = {(span.start, span.end): span.label for span in text.spans}
    found = (
        span._replace(label=names.get((span.start, span.end), span.label))
        for span in touching(said.spans, text.spans)
    )
    return Outcome(unique(text.spans), unique(found), example=text.example)


def arc_outcome(text: LabelledText, said: Annotation) -> Outcome:
    """Return what the parts hang from that hang from something in the gold."""
    known = {(arc.start, arc.end) for arc in text.arcs}
    found = (arc for arc in said.arcs if (arc.start, arc.end) in known)
    return Outcome(unique(text.arcs), unique(found), example=text.example)


def touching(spans: Sequence[NamedSpan], gold: Sequence[NamedSpan]) -> Iterator[NamedSpan]:
    """Yield the spans that share something with one of the gold."""
    ends = list(accumulate((span.end for span in sorted(gold)), max))
    starts = sorted(span.start for span in gold)
    for span in spans:
        before = bisect_left(starts, span.end)
        if before and ends[before - 1] > span.start:
            yield span


def choice_outcome(text: LabelledText, said: Annotation) -> Outcome:
    """Return the labels of a text; of a text with a no to a label, only that one is known."""
    if not text.rejected:
        return Outcome(
            unique(text.choices), unique(said.choices), (), dict(said.scores), text.example
        )
    known = unique(label for label in said.choices if label in text.choices)
    return Outcome((), known, text.choices, dict(said.scores), text.example)


OUTCOMES: Final[dict[Component, Callable[[LabelledText, Annotation], Outcome]]] = {
    Component.TAGGER: token_outcome,
    Component.SENTER: sentence_outcome,
}
SAYING: Final[dict[Says, Callable[[LabelledText, Annotation], Outcome]]] = {
    Says.SPANS: span_outcome,
    Says.RELATIONS: arc_outcome,
    Says.CHOICES: choice_outcome,
}
"""Of the components that are not named above."""


def unique(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return each mark once, in order."""
    return tuple(dict.fromkeys(marks))


def label_of(mark: Mark) -> str:
    """Return the name of a mark's label."""
    return mark if isinstance(mark, str) else mark.label


def place_of(mark: Mark) -> NamedSpan | None:
    """Return where a mark stands; of an arc, what hangs; None for the label of a whole text."""
    return NamedSpan(mark.start, mark.end, mark.label) if not isinstance(mark, str) else None


def roc_auc(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return the area under the ROC curve of each label that has a score, as spaCy computes it.

    Left out: labels that all of the texts have, or none of them.
    """
    from spacy.scorer import ROCAUCScore

    curves: dict[str, ROCAUCScore] = {}
    for outcome in outcomes:
        for label, score in outcome.scores.items():
            if not outcome.refused or label in outcome.refused:
                curve = curves.setdefault(label, ROCAUCScore())
                curve.score_set(score, int(label in outcome.gold))
    tellable = {name: curve for name, curve in curves.items() if {0, 1} == set(curve.golds)}
    return {name: float(curve.score) for name, curve in sorted(tellable.items())}


def confusion(outcomes: Iterable[Outcome]) -> list[tuple[str, str, int]]:
    """Return how often a text of one label was given another, or the same: (gold, predicted, n).

    Only of texts with one label each, as an exclusive choice gives them.
    """
    pairs = Counter(
        (label_of(outcome.gold[0]), label_of(outcome.predicted[0]))
        for outcome in outcomes
        if len(outcome.gold) == len(outcome.predicted) == 1
    )
    return [(gold, given, count) for (gold, given), count in sorted(pairs.items())]
