"""Models that choose labels: trained, measured and asked like any other."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Component, JobRecipe, PredictorKind, Verdict
from annex.contract.recipes import (
    EvaluateArguments,
    PackageArguments,
    PredictArguments,
    PredictorRef,
    TrainArguments,
)

from tests.worker.cast import Stage, make_stage
from tests.worker.recipes.conftest import RunJob
from tests.worker.recipes.test_train import told
from worker.jobs.models import Attempt, Failure
from worker.predictors.loading import load_predictor
from worker.store.models import Answer, Artefact, Suggestion
from worker.training.models import Evaluation, TrainedModel

pytestmark = pytest.mark.django_db
WORDS = (("refund", "money", "paid"), ("parcel", "courier", "late"))


def classified(stage: Stage, count: int, *, held_back: bool = False, binary: bool = False) -> None:
    """Bring texts into a dataset, each answered with the one label that its words give away."""
    dice = random.Random(int(held_back))
    kinds = [dice.randrange(2) for _ in range(count)]
    texts = [f"{held_back} {n}: {dice.choice(WORDS[kind])}" for n, kind in enumerate(kinds)]
    for example, kind in zip(stage.examples(texts, held_back=held_back), kinds, strict=True):
        Answer.objects.create(
            id=uuid4(),
            example=example,
            annotator=UUID(int=7),
            verdict=Verdict.REJECT if binary and kind else Verdict.ACCEPT,
            spans=None,
            choices=[stage.labels[0 if binary else kind].id],
            answered_at=datetime(2025, 1, 1, tzinfo=UTC),
        )


def train(stage: Stage, run_job: RunJob, component: Component) -> tuple[Attempt, UUID]:
    model = uuid4()
    arguments = TrainArguments(
        model=model,
        datasets=[stage.dataset.id],
        component=component,
        evaluation_dataset=stage.evaluation.id,
        evaluation=uuid4(),
        max_steps=100,
    )
    return run_job(JobRecipe.TRAIN, stage.project.id, arguments), model


@pytest.mark.parametrize(
    ("component", "binary"),
    [
        (Component.TEXTCAT, False),
        (Component.TEXTCAT_MULTILABEL, False),
        (Component.TEXTCAT_MULTILABEL, True),
    ],
)
def test_model_learns_to_choose(component: Component, binary: bool, run_job: RunJob) -> None:
    stage = make_stage()
    classified(stage, 60, binary=binary)
    classified(stage, 20, held_back=True, binary=binary)
    attempt, model_id = train(stage, run_job, component)
    assert attempt.state == "succeeded", Failure.objects.get().traceback
    model, evaluation = TrainedModel.objects.get(), Evaluation.objects.get()
    assert (model.component, evaluation.component) == (component.value, component.value)
    assert evaluation.evaluation_examples == 20
    assert evaluation.scores["overall"]["f"] > 0.9
    assert model.size_bytes < 10_000_000
    (scored,) = told("evaluation.scored")
    assert (scored["component"], scored["overall"]["f"]) == (
        component.value,
        evaluation.scores["overall"]["f"],
    )
    predictor = load_predictor(PredictorKind.MODEL, model_id, project_id=stage.project.id)
    names = [label.name for label in stage.labels]
    said = list(predictor.predict(["my refund and money", "the courier is late"]))
    expected = [names[:1], []] if binary else [[name] for name in names]
    assert [list(one.choices) for one in said] == expected
    assert all(0 <= score <= 1 for one in said for score in one.scores.values())


def test_model_suggests_labels_and_ships(run_job: RunJob) -> None:
    stage = make_stage()
    classified(stage, 60)
    classified(stage, 20, held_back=True)
    _, model = train(stage, run_job, Component.TEXTCAT)
    ref = PredictorRef(kind=PredictorKind.MODEL, id=model)
    predicted = PredictArguments(dataset=stage.dataset.id, predictor=ref)
    assert run_job(JobRecipe.PREDICT, stage.project.id, predicted).state == "succeeded"
    suggested = [tuple(row.choices) for row in Suggestion.objects.all()]
    assert {len(choices) for choices in suggested} == {1}
    assert set(suggested) == {(label.id,) for label in stage.labels}
    again = EvaluateArguments(predictor=ref, dataset=stage.evaluation.id, evaluation=uuid4())
    assert run_job(JobRecipe.EVALUATE, stage.project.id, again).state == "succeeded"
    shipped = run_job(JobRecipe.PACKAGE, stage.project.id, PackageArguments(model=model))
    assert shipped.state == "succeeded"
    assert Artefact.objects.filter(kind=Artefact.Kind.WHEEL).count() == 1


def test_marks_of_another_task_teach_no_labels(run_job: RunJob) -> None:
    stage = make_stage()
    for example in stage.examples([f"text {n}" for n in range(30)]):
        Answer.objects.create(
            id=uuid4(), example=example, annotator=UUID(int=7), verdict="accept",
            answered_at=datetime(2025, 1, 1, tzinfo=UTC),
        )  # fmt: skip
    classified(stage, 15, held_back=True)
    attempt, _ = train(stage, run_job, Component.TEXTCAT)
    assert (attempt.state, Failure.objects.get().code) == ("failed", "train.not_enough_answers")
