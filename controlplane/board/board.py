"""The board: a project's predictors compared on one evaluation dataset."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from annex.contract.enums import Component, DatasetRole, PredictorKind, Says

from controlplane.board.models import Comparison, Evaluation
from controlplane.board.sentences import (
    ALL_OUTDATED,
    OUTDATED,
    Duel,
    Measured,
    Verdict,
    board_sentence,
    row_sentence,
    set_sentence,
)
from controlplane.board.statistics import Interval, crossing
from controlplane.projects.models import Dataset, Project

HELD_BACK = " (held back)"
"""How the name of a data asset's held-back set ends; among such sets it tells nothing."""


class Measures(StrEnum):
    """What is compared: one held-back set may say where marks belong and which labels apply.

    The value of each is also the word for several of what is counted.
    """

    MARKS = "marks"
    RELATIONS = "relations"
    LABELS = "labels"

    @classmethod
    def of(cls, evaluation: Evaluation) -> Measures:
        """Return what an evaluation has measured."""
        return MEASURED[Component(evaluation.component).says]

    @property
    def noun(self) -> str:
        """The word for one of what is counted."""
        return self.value.removesuffix("s")


MEASURED = {
    Says.SPANS: Measures.MARKS,
    Says.RELATIONS: Measures.RELATIONS,
    Says.CHOICES: Measures.LABELS,
}


@dataclass(frozen=True)
class BoardRow:
    """One predictor with its newest evaluation; `interval` is that of its F.

    `ahead`: a model, alone or with rules, of which the paired interval says that it is better
    than the best rules.
    One measured on an earlier label scheme comes last, and is compared with nothing.
    """

    evaluation: Evaluation
    sentence: str
    ahead: bool
    interval: Interval


@dataclass(frozen=True)
class CurvePoint:
    """A point of the learning curve; `f`, `low` and `high` are ratios."""

    examples: int
    f: float
    low: float
    high: float


@dataclass(frozen=True)
class BoardSet:
    """One held-back dataset on which something was measured, and who is ahead there."""

    dataset: Dataset
    examples: int
    sentence: str


@dataclass(frozen=True)
class Board:
    """Everything the board shows. Scores are ratios; the edge makes them points of 100.

    `also_measures`: what else was measured on the dataset, and is not compared here. `sets`: all
    held-back datasets with something measured, the shown one among them.
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
    sets: list[BoardSet]


@dataclass(frozen=True)
class Field:
    """The predictors measured on one dataset, best first, and what was compared in pairs."""

    best: list[Evaluation]
    paired: dict[tuple[UUID, UUID], Interval]

    @property
    def rules(self) -> Evaluation | None:
        """The best rules."""
        return self._best_of(PredictorKind.RULES)

    @property
    def model(self) -> Evaluation | None:
        """The best model."""
        return self._best_of(PredictorKind.MODEL)

    def _best_of(self, kind: PredictorKind) -> Evaluation | None:
        return next((row for row in self.best if row.predictor_kind == kind), None)

    def interval_between(self, one: Evaluation | None, other: Evaluation | None) -> Interval | None:
        """Return the paired interval of F(one) - F(other), whichever way the cluster sent it."""
        if one is None or other is None:
            return None
        turned = self.paired.get((other.pk, one.pk))
        return self.paired.get((one.pk, other.pk)) or (turned.reversed if turned else None)


def board_of(
    project: Project, dataset_id: UUID | None = None, measures: Measures | None = None
) -> Board:
    """Compare a project's predictors.

    Args: dataset_id: else the first held-back one with something measured. measures: else what
        was measured last on it.
    """
    scored = project.evaluations.scored().with_names()
    measured_on = by_dataset(scored.order_by("-finished_at"))
    dataset = _dataset(project, dataset_id, measured_on)
    every = measured_on.get(dataset.pk, []) if dataset else []
    measured_here = list(dict.fromkeys(map(Measures.of, every)))
    measures = measures or (measured_here[0] if measured_here else Measures.MARKS)
    paired = paired_intervals(project)
    evaluations = [row for row in every if Measures.of(row) is measures]
    best = best_of_each(evaluations)
    field = Field([row for row in best if not row.outdated], paired)
    shown = field.best + [row for row in best if row.outdated]
    curve = curve_of(row for row in evaluations if not row.outdated)
    passes_at = _passes_at(curve, field.rules)
    return Board(
        dataset=dataset,
        measures=measures,
        also_measures=[other for other in measured_here if other is not measures],
        evaluation_examples=shown[0].evaluation_examples if shown else None,
        sentence=ALL_OUTDATED
        if shown and not field.best
        else board_sentence(
            rules=measured(field.rules) if field.rules else None,
            model=measured(field.model) if field.model else None,
            passes_at=passes_at,
            target_f=None if project.target_f is None else project.target_f / 100,
            paired=field.interval_between(field.model, field.rules),
        ),
        rows=[_row(evaluation, field) for evaluation in shown],
        curve=curve,
        baseline=field.rules,
        passes_at=passes_at,
        sets=sets_of(measured_on.values(), measures, paired),
    )


def by_dataset(evaluations: Iterable[Evaluation]) -> dict[UUID, list[Evaluation]]:
    """Return the evaluations on each dataset, in the order given."""
    found: dict[UUID, list[Evaluation]] = {}
    for row in evaluations:
        found.setdefault(row.dataset_id, []).append(row)
    return found


def paired_intervals(project: Project) -> dict[tuple[UUID, UUID], Interval]:
    """Return what the cluster has compared in pairs, by the ids of both evaluations."""
    rows = Comparison.objects.filter(evaluation__project=project)
    return {
        (one, other): Interval(low, high)
        for one, other, low, high in rows.values_list("evaluation", "other", "low", "high")
    }


def sets_of(
    measured_on: Iterable[list[Evaluation]],
    measures: Measures,
    paired: dict[tuple[UUID, UUID], Interval],
) -> list[BoardSet]:
    """Return the held-back datasets with something measured, the oldest first."""
    found = []
    for every in measured_on:
        best = best_of_each(row for row in every if Measures.of(row) is measures)
        field = Field([row for row in best if not row.outdated], paired)
        if field.best:
            found.append(_set(every[0].dataset, field))
    return sorted(found, key=lambda one: one.dataset.created_at)


def _set(dataset: Dataset, field: Field) -> BoardSet:
    sentence = set_sentence(
        dataset.name.removesuffix(HELD_BACK),
        rules=measured(field.rules) if field.rules else None,
        model=measured(field.model) if field.model else None,
        paired=field.interval_between(field.model, field.rules),
    )
    return BoardSet(dataset, field.best[0].evaluation_examples or 0, sentence)


def _dataset(
    project: Project, dataset_id: UUID | None, measured_on: Container[UUID]
) -> Dataset | None:
    held_back = project.datasets.filter(role=DatasetRole.EVALUATION.value)
    if dataset_id is not None:
        return held_back.filter(pk=dataset_id).first()
    oldest = list(held_back.order_by("created_at"))
    return next((each for each in oldest if each.pk in measured_on), next(iter(oldest), None))


def best_of_each(evaluations: Iterable[Evaluation]) -> list[Evaluation]:
    """Return the newest evaluation of each predictor, the best first.

    Args: evaluations: newest first. Points of a curve below 1.0 are no predictor.
    """
    newest: dict[UUID, Evaluation] = {}
    for row in evaluations:
        if row.fraction is None or row.fraction == 1.0:
            newest.setdefault(row.predictor.pk, row)
    return sorted(newest.values(), key=lambda row: row.f or 0.0, reverse=True)


def curve_of(evaluations: Iterable[Evaluation]) -> list[CurvePoint]:
    """Return the learning curve trained last, by examples; points come while it is trained.

    Args: evaluations: newest first. A model without fractions has no curve, and one whose
        training failed half way has none either.
    """
    by_model: dict[UUID | None, list[Evaluation]] = {}
    for row in evaluations:
        if row.fraction is not None and not _is_abandoned(row):
            by_model.setdefault(row.model_id, []).append(row)
    points = next(iter(by_model.values()), [])
    return sorted(map(_point, points), key=lambda point: point.examples)


def _is_abandoned(row: Evaluation) -> bool:
    is_trained = row.model is not None and row.model.trained_at is not None
    return not is_trained and (row.job is None or row.job.state in {"failed", "cancelled"})


def _point(row: Evaluation) -> CurvePoint:
    low, high = measured(row).interval
    return CurvePoint(examples=row.training_examples or 0, f=row.f or 0.0, low=low, high=high)


def _passes_at(curve: list[CurvePoint], baseline: Evaluation | None) -> int | None:
    if baseline is None or baseline.f is None:
        return None
    return crossing([(point.examples, point.f) for point in curve], baseline.f)


def _row(evaluation: Evaluation, field: Field) -> BoardRow:
    numbers = measured(evaluation)
    ahead = False
    is_trained = evaluation.predictor_kind != PredictorKind.RULES
    if is_trained and field.rules is not None and not evaluation.outdated:
        paired = field.interval_between(evaluation, field.rules)
        ahead = Duel(numbers, measured(field.rules), paired).verdict is Verdict.AHEAD
    sentence = OUTDATED if evaluation.outdated else row_sentence(numbers)
    return BoardRow(evaluation, sentence, ahead, numbers.interval)


def measured(evaluation: Evaluation) -> Measured:
    """Return the numbers of a scored evaluation for the sentences."""
    low, high = evaluation.low, evaluation.high
    return Measured(
        name=evaluation.predictor.name,
        precision=evaluation.precision or 0.0,
        recall=evaluation.recall or 0.0,
        f=evaluation.f or 0.0,
        examples=evaluation.evaluation_examples or 0,
        support=evaluation.support or 0,
        noun=Measures.of(evaluation).noun,
        measured_interval=None if low is None or high is None else Interval(low, high),
    )
