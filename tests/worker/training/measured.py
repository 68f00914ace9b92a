"""Evaluations as a job leaves them, without running one."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from annex.contract.enums import Component, PredictorKind

from tests.worker.cast import Stage
from worker.predictors.base import Annotation, NamedSpan
from worker.training.corpus import read_evaluation
from worker.training.models import Evaluation
from worker.training.outcomes import outcomes_of
from worker.training.predictions import all_figures, save_predictions
from worker.training.scoring import score_outcomes


def keep_evaluation(
    stage: Stage,
    said: Sequence[Annotation],
    *,
    component: Component = Component.NER,
    kind: PredictorKind = PredictorKind.MODEL,
    predictor: uuid.UUID | None = None,
) -> Evaluation:
    """Measure what was said of the stage's held-back answers, in their order."""
    texts = read_evaluation(stage.evaluation.id, stage.project.id, component)
    outcomes = outcomes_of(texts, said, component)
    evaluation = Evaluation.objects.create(
        id=uuid.uuid4(),
        project_id=stage.project.id,
        predictor_kind=kind.value,
        predictor_id=predictor or uuid.uuid4(),
        component=component.value,
        dataset_id=stage.evaluation.id,
        evaluation_examples=len(texts),
        scores=all_figures(score_outcomes(outcomes), outcomes, component),
        words_per_second=1000.0,
        size_bytes=1000,
    )
    save_predictions(evaluation, outcomes)
    return evaluation


def spans(*marks: tuple[int, int, str]) -> Annotation:
    """Return what a predictor says that marks these parts of a text."""
    return Annotation([NamedSpan(*mark) for mark in marks])
