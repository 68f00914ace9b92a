"""Bodies of the pages about evaluations. Ratios from 0 to 1; nothing is suppressed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from annex.contract.enums import Component, PredictorKind
from pydantic import BaseModel

from worker.predictors.base import Arc
from worker.training.comparisons import Change
from worker.training.corrections import Place, WhyNot
from worker.training.findings import Excerpt, Finding, excerpt_of, within
from worker.training.mistakes import Kind, Mistake
from worker.training.outcomes import Mark, Outcome, label_of


class Figures(BaseModel):
    """Precision, recall and F with the counts behind them; `support` is what the gold holds."""

    precision: float
    recall: float
    f: float
    support: int
    right: int
    wrong: int


class LabelFigures(Figures):
    """One label's figures; `roc_auc` only where a predictor says how sure it is of each label."""

    label: str
    roc_auc: float | None


class MacroFigures(BaseModel):
    """Means over the labels, each counting the same."""

    precision: float
    recall: float
    f: float


class ConfusionCell(BaseModel):
    """So many texts of one label were given another, or the same."""

    gold: str
    predicted: str
    count: int


class LabelLook(BaseModel):
    """How a label is shown."""

    name: str
    colour: str


class EvaluationPage(BaseModel):
    """One evaluation in full. `mistakes` are counted by kind; null when only figures were kept.
    `low` and `high` are the 95 % interval of the overall F.
    """

    id: UUID
    project: UUID
    predictor_kind: PredictorKind
    predictor: UUID
    predictor_name: str
    component: Component
    dataset: UUID
    dataset_name: str
    evaluation_examples: int
    training_examples: int
    fraction: float
    words_per_second: float
    size_bytes: int
    at: datetime
    overall: Figures
    low: float | None
    high: float | None
    macro: MacroFigures
    per_label: list[LabelFigures]
    confusion: list[ConfusionCell]
    mistakes: dict[Kind, int] | None
    labels: list[LabelLook]


class ShownMark(BaseModel):
    """A mark in an excerpt, by label name; code points from the excerpt's start, end excluded."""

    start: int
    end: int
    label: str


class ShownMistake(BaseModel):
    """One mistake by the labels it is about, and the marked words where there are any."""

    kind: Kind
    gold: str | None
    predicted: str | None
    gold_text: str | None
    predicted_text: str | None


class ShownAnswer(BaseModel):
    """What was marked, or chosen, in an excerpt; `refused` are labels that the gold says no to."""

    spans: list[ShownMark]
    choices: list[str]
    refused: list[str] = []
    scores: dict[str, float] = {}


class AnswerPlace(BaseModel):
    """The task in which the answer that counts can be edited; without one, why there is none."""

    task: UUID | None
    is_mine: bool
    why_not: WhyNot | None


class ShownFinding(BaseModel):
    """A text with its mistakes. `text` is an excerpt; the flags say whether more stands around."""

    example: UUID
    text: str
    is_cut_before: bool
    is_cut_after: bool
    gold: ShownAnswer
    predicted: ShownAnswer
    mistakes: list[ShownMistake]
    answer: AnswerPlace


class MistakesPage(BaseModel):
    """The worst texts; `texts` counts all of those with a mistake that was asked for."""

    texts: int
    worst: list[ShownFinding]


class Side(BaseModel):
    """One of two evaluations that are compared."""

    id: UUID
    predictor_kind: PredictorKind
    predictor_name: str
    f: float
    at: datetime


class Rivals(BaseModel):
    """What an evaluation can be compared with, the newest first."""

    rivals: list[Side]


class ShownPair(BaseModel):
    """A text as two predictors did on it. `text` is an excerpt."""

    example: UUID
    text: str
    is_cut_before: bool
    is_cut_after: bool
    gold: ShownAnswer
    before: ShownAnswer
    after: ShownAnswer


class ComparisonPage(BaseModel):
    """Two predictors on the texts that both were measured on.

    `difference` is the F of `after` less that of `before`, `low` and `high` its paired 95 %
    interval; `is_told`: the interval says which is better. `changes` counts texts.
    """

    before: Side
    after: Side
    component: Component
    texts: int
    changes: dict[Change, int]
    difference: float
    low: float
    high: float
    is_told: bool
    shown: list[ShownPair]
    labels: list[LabelLook]


def show_finding(finding: Finding, example: UUID, text: str, place: Place) -> ShownFinding:
    """Return a finding as the page shows it, with the place where its answer is edited."""
    excerpt = excerpt_of(text, finding.mistakes)
    outcome = finding.outcome
    return ShownFinding(
        example=example,
        text=text[excerpt.start : excerpt.end],
        is_cut_before=excerpt.start > 0,
        is_cut_after=excerpt.end < len(text),
        gold=show_gold(outcome, excerpt),
        predicted=show_predicted(outcome, excerpt),
        mistakes=[show_mistake(mistake, text) for mistake in finding.mistakes],
        answer=AnswerPlace(**vars(place)),
    )


def show_gold(outcome: Outcome, excerpt: Excerpt) -> ShownAnswer:
    """Return what is right in an excerpt."""
    return ShownAnswer(
        spans=show_marks(outcome.gold, excerpt),
        choices=choices_in(outcome.gold),
        refused=list(outcome.refused),
    )


def show_predicted(outcome: Outcome, excerpt: Excerpt) -> ShownAnswer:
    """Return what was predicted in an excerpt."""
    return ShownAnswer(
        spans=show_marks(outcome.predicted, excerpt),
        choices=choices_in(outcome.predicted),
        scores=dict(outcome.scores),
    )


def show_marks(marks: Iterable[Mark], excerpt: Excerpt) -> list[ShownMark]:
    """Return the marks within an excerpt."""
    return [ShownMark(**mark._asdict()) for mark in sorted(within(marks, excerpt))]


def choices_in(marks: Iterable[Mark]) -> list[str]:
    """Return those that are labels of the whole text."""
    return [mark for mark in marks if isinstance(mark, str)]


def show_mistake(mistake: Mistake, text: str) -> ShownMistake:
    """Return a mistake with the words it is about."""
    gold, predicted = mistake.gold, mistake.predicted
    return ShownMistake(
        kind=mistake.kind,
        gold=None if gold is None else label_of(gold),
        predicted=None if predicted is None else label_of(predicted),
        gold_text=words_of(gold, text),
        predicted_text=words_of(predicted, text),
    )


def words_of(mark: Mark | None, text: str) -> str | None:
    """Return the marked words, after those that they hang from; None for a whole text's label."""
    if mark is None or isinstance(mark, str):
        return None
    words = text[mark.start : mark.end]
    return f"{text[mark.head_start : mark.head_end]} → {words}" if isinstance(mark, Arc) else words
