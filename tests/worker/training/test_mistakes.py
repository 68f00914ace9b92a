"""Every mistake is of exactly one kind, and none is lost or counted twice."""

from __future__ import annotations

from collections import Counter

import pytest
from annex.contract.enums import Component
from hypothesis import given
from hypothesis import strategies as st

from worker.predictors.base import NamedSpan
from worker.training.findings import Finding, excerpt_of, within, worst
from worker.training.mistakes import Kind, Mistake, mistakes_in
from worker.training.outcomes import Outcome, confusion, roc_auc
from worker.training.scoring import score_outcomes

LABELS = st.sampled_from(("FIELD", "VALUE", "OPERATION"))
EDGES = st.integers(0, 24)


@st.composite
def marks(draw: st.DrawFn) -> tuple[NamedSpan, ...]:
    """Marks that do not overlap, as the store and every predictor keep them."""
    edges = sorted(draw(st.sets(EDGES, max_size=12)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(NamedSpan(start, end, draw(LABELS)) for start, end in pairs)


CHOICES = st.lists(LABELS, unique=True, max_size=3).map(tuple)
SPAN_OUTCOMES = st.builds(Outcome, marks(), marks())
CHOICE_OUTCOMES = st.builds(Outcome, CHOICES, CHOICES)


def check_mistakes(outcome: Outcome, component: Component) -> None:
    mistakes = mistakes_in(outcome, component)
    gold = Counter(mistake.gold for mistake in mistakes if mistake.gold is not None)
    predicted = Counter(one.predicted for one in mistakes if one.predicted is not None)
    assert gold == Counter(set(outcome.gold) - set(outcome.predicted))
    assert predicted == Counter(set(outcome.predicted) - set(outcome.gold))
    for mistake in mistakes:
        assert (mistake.gold is None) == (mistake.kind is Kind.SPURIOUS)
        assert (mistake.predicted is None) == (mistake.kind is Kind.MISSED)


@given(SPAN_OUTCOMES)
def test_each_wrong_or_missed_mark_is_in_exactly_one_mistake(outcome: Outcome) -> None:
    check_mistakes(outcome, Component.NER)
    for mistake in mistakes_in(outcome, Component.NER):
        gold, predicted = mistake.gold, mistake.predicted
        if isinstance(gold, NamedSpan) and isinstance(predicted, NamedSpan):
            assert gold.start < predicted.end
            assert predicted.start < gold.end
            assert (gold.label == predicted.label) == (mistake.kind is Kind.BOUNDARY)


@given(CHOICE_OUTCOMES, st.sampled_from((Component.TEXTCAT, Component.TEXTCAT_MULTILABEL)))
def test_labels_of_texts_have_no_boundaries(outcome: Outcome, component: Component) -> None:
    check_mistakes(outcome, component)
    assert Kind.BOUNDARY not in {one.kind for one in mistakes_in(outcome, component)}


@given(st.lists(SPAN_OUTCOMES, max_size=5))
def test_mistakes_add_up_to_what_the_figures_count(outcomes: list[Outcome]) -> None:
    mistakes = [mistake for outcome in outcomes for mistake in mistakes_in(outcome, Component.NER)]
    overall = score_outcomes(outcomes).overall
    assert sum(mistake.gold is not None for mistake in mistakes) == overall.missed
    assert sum(mistake.predicted is not None for mistake in mistakes) == overall.wrong
    assert (overall.right, overall.wrong, overall.missed) == (
        sum(one.right for one in outcomes),
        sum(one.wrong for one in outcomes),
        sum(one.missed for one in outcomes),
    )


def span(start: int, end: int, label: str = "FIELD") -> NamedSpan:
    return NamedSpan(start, end, label)


@pytest.mark.parametrize(
    ("gold", "predicted", "kinds"),
    [
        ([span(0, 4)], [span(0, 4)], []),
        ([span(0, 4)], [], [Kind.MISSED]),
        ([], [span(0, 4)], [Kind.SPURIOUS]),
        ([span(0, 4)], [span(0, 5)], [Kind.BOUNDARY]),
        ([span(0, 4)], [span(0, 4, "VALUE")], [Kind.LABEL]),
        ([span(0, 4)], [span(2, 5, "VALUE")], [Kind.LABEL]),
        ([span(0, 4)], [span(4, 6)], [Kind.MISSED, Kind.SPURIOUS]),
        # One long mark over two: it is wrong about the first, and the second was missed.
        ([span(0, 4), span(5, 9)], [span(0, 9)], [Kind.BOUNDARY, Kind.MISSED]),
    ],
)
def test_kinds(gold: list[NamedSpan], predicted: list[NamedSpan], kinds: list[Kind]) -> None:
    found = mistakes_in(Outcome(tuple(gold), tuple(predicted)), Component.NER)
    assert [mistake.kind for mistake in found] == kinds


def finding(example: int, mistakes: int, sureness: float = 0.0) -> Finding:
    wrong = [Mistake(Kind.SPURIOUS, predicted="FIELD")] * mistakes
    return Finding(example, Outcome(scores={"FIELD": sureness}), wrong)


def test_worst_are_those_with_most_mistakes_then_the_surest() -> None:
    found = [finding(1, 1, 0.6), finding(2, 3), finding(3, 1, 0.9), finding(4, 0)]
    assert [one.example for one in worst(found, lambda _: True)] == [2, 3, 1]
    assert worst(found, lambda mistake: mistake.kind is Kind.MISSED) == []


def test_excerpt_shows_the_mistakes_and_what_stands_around() -> None:
    text = "x" * 5000
    mistake = Mistake(Kind.MISSED, gold=span(2000, 2010))
    excerpt = excerpt_of(text, [mistake])
    assert excerpt == (1840, 2170)
    assert within([span(2000, 2010), span(1830, 1850)], excerpt) == [span(160, 170)]
    assert excerpt_of("short", [Mistake(Kind.MISSED, gold="FIELD")]) == (0, 5)


def test_confusion_and_roc_auc_of_labels() -> None:
    outcomes = [
        Outcome(("A",), ("A",), scores={"A": 0.9, "B": 0.1}),
        Outcome(("B",), ("A",), scores={"A": 0.6, "B": 0.4}),
        Outcome(("B",), ("B",), scores={"A": 0.2, "B": 0.8}),
        Outcome((), ("A",), ("A",), scores={"A": 0.7, "B": 0.3}),
    ]
    assert confusion(outcomes) == [("A", "A", 1), ("B", "A", 1), ("B", "B", 1)]
    assert roc_auc(outcomes) == {"A": 1.0, "B": 1.0}
    assert roc_auc(outcomes[:1]) == {}
