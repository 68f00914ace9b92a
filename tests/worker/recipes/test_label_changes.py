"""A model that was trained before the labels changed goes on predicting, in the labels of today."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import (
    Component,
    JobRecipe,
    LabelChangeKind,
    LabelChangeStep,
    PredictorKind,
    Verdict,
)
from annex.contract.inbound import ChangeLabels
from annex.contract.recipes import EvaluateArguments, PredictArguments, PredictorRef
from django.db import transaction

from tests.worker.cast import Stage
from tests.worker.recipes.conftest import RunJob
from tests.worker.recipes.test_train import stage, told, train
from worker.link.commands import run_handler
from worker.predictors.base import Annotation, Arc, NamedSpan
from worker.projects.models import Label
from worker.store.answers import Decision, save_answer
from worker.store.label_changes import scheme_digest
from worker.store.models import Suggestion
from worker.training.corpus import read_snapshot
from worker.training.models import Evaluation
from worker.training.relabelling import relabel

__all__ = ["stage"]
pytestmark = pytest.mark.django_db


def change(
    stage: Stage, kind: LabelChangeKind, into: list[UUID], *, evaluation: bool = False
) -> None:
    """Change FIELD, as the control plane does."""
    field = stage.labels[0]
    body = ChangeLabels(
        change=uuid4(), project=stage.project.id, kind=kind, step=LabelChangeStep.APPLY,
        labels=[field.id], into=into, evaluation=evaluation,
    )  # fmt: skip
    with transaction.atomic():
        run_handler(uuid4(), body)
    Label.objects.filter(id=field.id).update(retired=True)


def suggested(stage: Stage, run_job: RunJob, model: UUID) -> set[str]:
    """Predict and return the labels of the suggestions."""
    ref = PredictorRef(kind=PredictorKind.MODEL, id=model)
    arguments = PredictArguments(dataset=stage.dataset.id, predictor=ref)
    run_job(JobRecipe.PREDICT, stage.project.id, arguments)
    return {span["label"] for row in Suggestion.objects.all() for span in row.spans}


def test_suggestions_follow_a_rename_a_merge_and_a_deletion(stage: Stage, run_job: RunJob) -> None:
    _, model, _ = train(stage, run_job)
    field, value = stage.labels
    Label.objects.filter(id=field.id).update(name="CITY")
    assert suggested(stage, run_job, model) == {str(field.id)}
    change(stage, LabelChangeKind.MERGE, [value.id])
    assert suggested(stage, run_job, model) == {str(value.id)}
    Label.objects.filter(id=field.id).update(retired=False)
    assert suggested(stage, run_job, model) == {str(field.id)}
    change(stage, LabelChangeKind.DELETE, [])
    assert suggested(stage, run_job, model) == set()


@pytest.mark.parametrize("ticked", [False, True])
def test_an_old_model_is_measured_in_the_labels_of_the_gold(
    stage: Stage, run_job: RunJob, ticked: bool
) -> None:
    _, model, evaluation = train(stage, run_job)
    before: dict[str, Any] = Evaluation.objects.get(id=evaluation).scores["overall"]
    change(stage, LabelChangeKind.MERGE, [stage.labels[1].id], evaluation=ticked)
    ref = PredictorRef(kind=PredictorKind.MODEL, id=model)
    arguments = EvaluateArguments(predictor=ref, dataset=stage.evaluation.id, evaluation=uuid4())
    run_job(JobRecipe.EVALUATE, stage.project.id, arguments)
    assert Evaluation.objects.get(id=arguments.evaluation).scores["overall"] == before
    first, again = told("evaluation.scored")
    assert first["scheme"] is None
    assert (again["scheme"] is not None) is ticked


def test_of_two_labels_that_are_one_the_surer_counts() -> None:
    said = Annotation(
        [NamedSpan(0, 1, "A"), NamedSpan(2, 3, "B"), NamedSpan(4, 5, "D")],
        ["A", "B", "D"],
        {"A": 0.2, "B": 0.7, "C": 0.1, "D": 0.9},
        [Arc(0, 1, 2, 3, "A"), Arc(4, 5, 2, 3, "D")],
    )
    assert relabel(said, {"A": "C", "B": "C", "D": None}) == Annotation(
        [NamedSpan(0, 1, "C"), NamedSpan(2, 3, "C")], ["C"], {"C": 0.7}, (Arc(0, 1, 2, 3, "C"),)
    )


def test_an_answer_whose_only_label_was_deleted_teaches_no_classifier(stage: Stage) -> None:
    (example,) = stage.examples(["To be sorted."])
    field, _ = stage.labels
    save_answer(
        answer_id=uuid4(), task_id=None, example_id=example.id, annotator=uuid4(),
        decision=Decision(Verdict.ACCEPT, None, [field.id]),
    )  # fmt: skip
    datasets, project = [stage.dataset.id], stage.project.id
    assert len(read_snapshot(datasets, project, Component.TEXTCAT).texts) == 1
    change(stage, LabelChangeKind.DELETE, [])
    assert read_snapshot(datasets, project, Component.TEXTCAT).texts == ()
    assert len(read_snapshot(datasets, project, Component.TEXTCAT_MULTILABEL).texts) == 1
    assert scheme_digest(stage.evaluation.id) is None
