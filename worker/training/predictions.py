"""Keeping what an evaluation found for each example, so that its mistakes can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annex.contract.enums import Component, Says

from worker.predictors.base import Arc, NamedSpan
from worker.training.models import Evaluation, Prediction
from worker.training.outcomes import Mark, Outcome, confusion, roc_auc
from worker.training.scoring import Report

CHUNK_ROWS = 2000


def save_predictions(evaluation: Evaluation, outcomes: Sequence[Outcome]) -> None:
    """Replace what is kept of the evaluation. Call within a transaction."""
    evaluation.predictions.all().delete()
    rows = [
        to_row(evaluation, outcome.example, outcome)
        for outcome in outcomes
        if outcome.example is not None
    ]
    Prediction.objects.bulk_create(rows, batch_size=CHUNK_ROWS)


def to_row(evaluation: Evaluation, example_id: int, outcome: Outcome) -> Prediction:
    """Return an outcome as the row that keeps it."""
    return Prediction(
        evaluation=evaluation,
        example_id=example_id,
        gold=outcome.gold,
        predicted=outcome.predicted,
        refused=outcome.refused,
        scores=outcome.scores,
        right=outcome.right,
        wrong=outcome.wrong,
        missed=outcome.missed,
    )


def to_outcome(row: Prediction) -> Outcome:
    """Return what a row keeps."""
    return Outcome(
        marks_from(row.gold), marks_from(row.predicted), tuple(row.refused), row.scores,
        row.example_id,
    )  # fmt: skip


def marks_from(kept: Sequence[Any]) -> tuple[Mark, ...]:
    """Return the marks of a kept list."""
    return tuple(mark_from(mark) for mark in kept)


def mark_from(kept: Any) -> Mark:
    """Return one mark: its label alone, or where it stands, with its head's place if it has one."""
    if isinstance(kept, str):
        return kept
    return Arc(*kept) if len(kept) == len(Arc._fields) else NamedSpan(*kept)


def all_figures(
    report: Report, outcomes: Sequence[Outcome], component: Component
) -> dict[str, Any]:
    """Return everything that is counted: `Report.to_json()`, and for labels of whole texts
    `roc_auc` and `confusion`. None of it is suppressed: it stays on the cluster.
    """
    if component.says is not Says.CHOICES:
        return report.to_json()
    return {
        **report.to_json(),
        "roc_auc": roc_auc(outcomes),
        "confusion": confusion(outcomes) if component is Component.TEXTCAT else [],
    }
