"""The board: a project's predictors compared on one evaluation dataset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from annex.contract.enums import Component, DatasetRole, PredictorKind

from controlplane.board.models import Evaluation
from controlplane.board.sentences import (
    ALL_OUTDATED,
    OUTDATED,
    Measured,
    board_sentence,
    row_sentence,
)
from controlplane.board.statistics import crossing, wilson_interval
from controlplane.projects.models import Dataset, Project


class Measures(StrEnum):
    """What is compared: one held-back set may say where marks belong and which labels apply."""

    MARKS = "marks"
    LABELS = "labels"

    @classmethod
    def of(cls, evaluation: Evaluation) -> Measures:
        """Return what an evaluation has measured."""
        marks_spans = Component(evaluation.component).marks_spans
        return cls.MARKS if marks_spans else cls.LABELS


@dataclass(frozen=True)
class BoardRow:
    """One predictor with its newest evaluation. `ahead`: a model above the best rules.

    One measured on an earlier label scheme comes last, and is compared with nothing.
    """

    evaluation: Evaluation
    sentence: str
    ahead: bool


@dataclass(frozen=True)
class CurvePoint:
    """A point of the learning curve; `f`, `low` and `high` are ratios."""

    examples: int
    f: float
    low: float
    high: float


@dataclass(frozen=True)
class Board:
    """Everything the board shows. Scores are ratios; the edge makes them points of 100.

    `also_measures`: what else was measured on the dataset, and is not compared here.
    """

    dataset: Dataset | None
    measures: Measures
    also_measures: list[Measures]
    evaluation_examples: int | None
    sentence: str
    rows: list[BoardRow]
    curve: list[CurvePoint]
    baseline: Evaluation | None
    passes_at: int | None


def board_of(
    project: Project, dataset_id: UUID | None = None, measures: Measures | None = None
) -> Board:
    """Compare a project's predictors. Args: dataset_id, measures: else those measured last."""
    dataset = _dataset(project, dataset_id)
    scored = Evaluation.objects.filter(project=project, dataset=dataset).scored().with_names()
    every = list(scored.order_by("-finished_at")) if dataset else []
    measured_here = list(dict.fromkeys(map(Measures.of, every)))
    measures = measures or (measured_here[0] if measured_here else Measures.MARKS)
    evaluations = [row for row in every if Measures.of(row) is measures]
    best = sorted(newest_of_each(evaluations), key=lambda row: row.f or 0.0, reverse=True)
    current = [row for row in best if not row.outdated]
    baseline = next((row for row in current if row.predictor_kind == PredictorKind.RULES), None)
    model = next((row for row in current if row.predictor_kind == PredictorKind.MODEL), None)
    curve = curve_of(row for row in evaluations if not row.outdated)
    passes_at = _passes_at(curve, baseline)
    return Board(
        dataset=dataset,
        measures=measures,
        also_measures=[other for other in measured_here if other is not measures],
        evaluation_examples=best[0].evaluation_examples if best else None,
        sentence=ALL_OUTDATED
        if best and not current
        else board_sentence(
            rules=measured(baseline) if baseline else None,
            model=measured(model) if model else None,
            passes_at=passes_at,
            target_f=None if project.target_f is None else project.target_f / 100,
        ),
        rows=[_row(row, baseline) for row in current + [row for row in best if row.outdated]],
        curve=curve,
        baseline=baseline,
        passes_at=passes_at,
    )


def _dataset(project: Project, dataset_id: UUID | None) -> Dataset | None:
    held_back = project.datasets.filter(role=DatasetRole.EVALUATION.value)
    if dataset_id is not None:
        return held_back.filter(pk=dataset_id).first()
    newest = Evaluation.objects.filter(project=project).scored().order_by("-finished_at").first()
    if newest is not None:
        return held_back.filter(pk=newest.dataset_id).first()
    return held_back.order_by("created_at").first()


def newest_of_each(evaluations: Iterable[Evaluation]) -> list[Evaluation]:
    """Keep the first evaluation of each predictor; points of a curve below 1.0 are no predictor."""
    newest: dict[tuple[str, UUID | None], Evaluation] = {}
    for row in evaluations:
        if row.fraction is None or row.fraction == 1.0:
            newest.setdefault((row.predictor_kind, row.rules_id or row.model_id), row)
    return list(newest.values())


def curve_of(evaluations: Iterable[Evaluation]) -> list[CurvePoint]:
    """Return the learning curve trained last, by examples.

    Args: evaluations: newest first. A model without fractions has no curve.
    """
    by_model: dict[UUID | None, list[Evaluation]] = {}
    for row in evaluations:
        if row.fraction is not None:
            by_model.setdefault(row.model_id, []).append(row)
    points = next(iter(by_model.values()), [])
    return sorted(map(_point, points), key=lambda point: point.examples)


def _point(row: Evaluation) -> CurvePoint:
    low, high = wilson_interval(row.f or 0.0, row.support or 0)
    return CurvePoint(examples=row.training_examples or 0, f=row.f or 0.0, low=low, high=high)


def _passes_at(curve: list[CurvePoint], baseline: Evaluation | None) -> int | None:
    if baseline is None or baseline.f is None:
        return None
    return crossing([(point.examples, point.f) for point in curve], baseline.f)


def _row(evaluation: Evaluation, baseline: Evaluation | None) -> BoardRow:
    is_model = evaluation.predictor_kind == PredictorKind.MODEL
    beats = baseline is not None and (evaluation.f or 0.0) > (baseline.f or 0.0)
    return BoardRow(
        evaluation=evaluation,
        sentence=OUTDATED if evaluation.outdated else row_sentence(measured(evaluation)),
        ahead=is_model and beats and not evaluation.outdated,
    )


def measured(evaluation: Evaluation) -> Measured:
    """Return the numbers of a scored evaluation for the sentences."""
    return Measured(
        name=evaluation.predictor.name,
        precision=evaluation.precision or 0.0,
        recall=evaluation.recall or 0.0,
        f=evaluation.f or 0.0,
        examples=evaluation.evaluation_examples or 0,
        support=evaluation.support or 0,
        noun="mark" if Measures.of(evaluation) is Measures.MARKS else "label",
    )
