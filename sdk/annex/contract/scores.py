"""How well predictors do, as a cluster may say it; part of `annex.contract.outbound`."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from annex.contract.enums import Component
from annex.contract.leaves import MAX_LABELS, Count, Difference, Digest, Epoch, Message, Rate, Ratio

SUPPRESS_BELOW = 10
"""Per-label figures with a support below this are suppressed (docs/protocol.md section 5)."""


class Scores(Message):
    """Precision, recall and F as ratios; `support` counts the gold spans behind them."""

    precision: Ratio
    recall: Ratio
    f: Ratio
    support: Count


class LabelScores(Message):
    """Scores of one label of the scheme; null when suppressed (support too small to tell)."""

    label: UUID
    scores: Scores | None


class EvaluationScored(Message):
    """One predictor measured on one evaluation dataset.

    Micro-averaged: over exact spans, or over the labels chosen for texts. `scheme` is the
    dataset's when its answers were read; see `DatasetChanged`.
    """

    type: Literal["evaluation.scored"] = "evaluation.scored"
    job: UUID
    job_epoch: Epoch
    evaluation: UUID
    component: Component = Component.NER
    evaluation_examples: Count
    training_examples: Count
    overall: Scores
    low: Ratio | None = None
    high: Ratio | None = None
    per_label: Annotated[list[LabelScores], Field(max_length=MAX_LABELS)]
    words_per_second: Rate
    size_bytes: Count
    scheme: Digest | None = None


class EvaluationsCompared(Message):
    """How much better one evaluation's predictor is than another's on the same examples.

    `difference` is the F of `evaluation` less that of `other`; `low` and `high` are its 95 %
    interval, found by resampling examples in pairs.
    """

    type: Literal["evaluations.compared"] = "evaluations.compared"
    job: UUID
    job_epoch: Epoch
    evaluation: UUID
    other: UUID
    difference: Difference
    low: Difference
    high: Difference
