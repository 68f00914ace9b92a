"""Our scores against spaCy's Scorer, and which of them may leave."""

from __future__ import annotations

import random
from uuid import UUID

import pytest
import spacy
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example

from worker.predictors.base import NamedSpan
from worker.training.scoring import (
    Tally,
    outbound_scores,
    score_choices,
    score_spans,
    suppressed_labels,
)
from worker.training.texts import LabelledText

LABELS = [UUID(int=n) for n in range(1, 6)]


def random_entities(doc: Doc, dice: random.Random) -> list[Span]:
    starts = sorted(dice.sample(range(0, len(doc) - 1, 2), 4))
    return [Span(doc, s, s + dice.choice((1, 2)), dice.choice("AB")) for s in starts]


def named(doc: Doc) -> list[NamedSpan]:
    return [NamedSpan(e.start_char, e.end_char, e.label_) for e in doc.ents]


def test_scores_equal_spacys() -> None:
    nlp, dice = spacy.blank("en"), random.Random(3)
    pairs = []
    for _ in range(40):
        predicted = nlp.make_doc(" ".join(dice.choices(["one", "two", "three"], k=16)))
        reference = predicted.copy()
        predicted.ents, reference.ents = (
            random_entities(predicted, dice),
            random_entities(reference, dice),
        )
        pairs.append(Example(predicted, reference))
    theirs = Scorer.score_spans(pairs, "ents")
    ours = score_spans([named(p.reference) for p in pairs], [named(p.predicted) for p in pairs])
    assert ours.overall.f == pytest.approx(theirs["ents_f"])
    assert ours.overall.precision == pytest.approx(theirs["ents_p"])
    assert ours.overall.recall == pytest.approx(theirs["ents_r"])
    for label, tally in ours.per_label.items():
        assert tally.f == pytest.approx(theirs["ents_per_type"][label]["f"])


def test_nothing_found_in_nothing_is_zero() -> None:
    assert score_spans([[]], [[]]).overall.f == 0.0


@pytest.mark.parametrize(
    ("supports", "hidden"),
    [
        ([50, 40], []),
        ([50, 9], [0, 1]),
        ([50, 9, 40], [1, 2]),
        ([50, 9, 8, 40], [1, 2, 3]),
        ([10, 10], []),
        ([0, 30, 20, 30], [0, 2]),
        ([3], [0]),
        ([], []),
    ],
)
def test_small_labels_and_the_next_smallest_are_suppressed(
    supports: list[int], hidden: list[int]
) -> None:
    given = dict(zip(LABELS, supports, strict=False))
    assert suppressed_labels(given) == {LABELS[n] for n in hidden}


def test_outbound_scores_name_registered_labels_only() -> None:
    gold = [[NamedSpan(n, n + 1, "A") for n in range(30)] + [NamedSpan(40, 41, "canary")]]
    scores = outbound_scores(score_spans(gold, gold), {"A": LABELS[0]})
    assert [(s.label, s.scores.support if s.scores else None) for s in scores] == [(LABELS[0], 30)]


def test_choices_are_counted_by_label_and_unknown_ones_not_at_all() -> None:
    gold = [
        LabelledText("a", choices=("A",)),
        LabelledText("b", choices=("A", "B")),
        LabelledText("c", choices=("A",), rejected=True),
        LabelledText("d", choices=("B",), rejected=True),
    ]
    report = score_choices(gold, [["A"], ["B"], ["A"], ["A"]])
    assert report.per_label == {"A": Tally(1, 1, 1), "B": Tally(1, 0, 0)}
    assert report.overall == Tally(right=2, wrong=1, missed=1)
