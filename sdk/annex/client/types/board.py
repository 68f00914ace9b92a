"""Models, what was measured, and the board that compares it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from annex.client.types.base import Answer
from annex.client.types.tasks import Predictor


class Model(Answer):
    """A trained model; numbers are None until it is. Its wheel lies at `cluster_url`."""

    id: UUID
    name: str
    component: str
    training_examples: int | None
    size_bytes: int | None
    seed: int
    trained_at: datetime | None
    seconds: float | None
    packaged: bool
    job: UUID | None
    cluster_url: str


class LabelScores(Answer):
    """Scores of one label, points of 100; None where too few marks stand behind them."""

    label: UUID
    name: str
    precision: float | None
    recall: float | None
    f: float | None
    support: int | None
    suppressed: bool


class Evaluation(Answer):
    """A predictor measured on a dataset; scores are points of 100."""

    id: UUID
    predictor: Predictor
    component: str
    dataset: UUID
    training_examples: int | None
    evaluation_examples: int | None
    precision: float | None
    recall: float | None
    f: float | None
    per_label: list[LabelScores]
    words_per_second: float | None
    size_bytes: int | None
    fraction: float | None
    outdated: bool
    state: str
    finished_at: datetime | None
    cluster_url: str


class BoardRow(Evaluation):
    """A row of the board; `low` and `high` are the 95 % interval of `f`."""

    kind: str
    sentence: str
    ahead: bool
    low: float
    high: float


class CurvePoint(Answer):
    """A point of the learning curve."""

    examples: int
    f: float
    low: float
    high: float


class Baseline(Answer):
    """The best rules."""

    name: str
    f: float


class BoardSet(Answer):
    """A held-back dataset on which something was measured."""

    dataset: UUID
    name: str
    examples: int
    sentence: str


class Board(Answer):
    """A project's predictors compared on one held-back dataset."""

    dataset: UUID | None = None
    measures: str
    also_measures: list[str]
    evaluation_examples: int | None
    sentence: str
    rows: list[BoardRow]
    curve: list[CurvePoint]
    baseline: Baseline | None
    passes_at: int | None
    target_f: float | None
    sets: list[BoardSet]
