"""Pretraining the layer that trainings start from, through the job path."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Component, JobRecipe
from annex.contract.recipes import PretrainArguments, TrainArguments
from pydantic import ValidationError

from tests.worker.cast import Stage, make_stage
from tests.worker.recipes.conftest import RunJob
from tests.worker.recipes.test_textcat import classified
from tests.worker.recipes.test_train import told
from tests.worker.training.gold import answer_cities, city_texts
from worker.jobs.context import JobContext
from worker.jobs.models import Attempt, Failure
from worker.jobs.process import STOPPED, run_recipe
from worker.predictors.errors import PredictorMissing
from worker.predictors.loading import load_model
from worker.store.files import FileMissing, stored_files
from worker.store.models import Artefact
from worker.training.actions import model_key
from worker.training.models import Evaluation, TrainedModel

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    """A project with texts that nobody has answered."""
    stage = make_stage()
    stage.examples([text for text, _, _ in city_texts(60, seed=3)])
    return stage


def pretrain(stage: Stage, run_job: RunJob) -> tuple[Attempt, UUID]:
    """Pretrain for a few steps; returns the attempt and the id of the weights."""
    arguments = PretrainArguments(model=uuid4(), datasets=[stage.dataset.id], max_steps=20)
    return run_job(JobRecipe.PRETRAIN, stage.project.id, arguments), arguments.model


def train(
    stage: Stage, run_job: RunJob, component: Component, pretrained: UUID | None
) -> TrainedModel:
    """Train for a few steps from the weights, or from chance."""
    arguments = TrainArguments(
        model=uuid4(),
        datasets=[stage.dataset.id],
        component=component,
        evaluation_dataset=stage.evaluation.id,
        evaluation=uuid4(),
        max_steps=100,
        pretrained=pretrained,
    )
    attempt = run_job(JobRecipe.TRAIN, stage.project.id, arguments)
    assert attempt.state == "succeeded", Failure.objects.get().traceback
    return TrainedModel.objects.get(id=arguments.model)


def test_weights_are_kept_and_told_of(stage: Stage, run_job: RunJob) -> None:
    attempt, model = pretrain(stage, run_job)
    assert attempt.state == "succeeded", Failure.objects.get().traceback
    kept, artefact = TrainedModel.objects.get(), Artefact.objects.get()
    assert (kept.id, kept.component, kept.training_examples) == (model, "tok2vec", 60)
    assert (artefact.kind, kept.steps) == (Artefact.Kind.WEIGHTS, 20)
    assert stored_files().path(artefact.file_key).stat().st_size == kept.size_bytes > 100_000
    (trained,) = told("model.trained")
    assert (trained["model"], trained["component"]) == (str(model), "tok2vec")
    with pytest.raises(PredictorMissing):
        load_model(model, stage.project.id)


@pytest.mark.parametrize("component", [Component.NER, Component.TEXTCAT])
def test_training_starts_from_the_weights(
    component: Component, stage: Stage, run_job: RunJob
) -> None:
    _, pretrained = pretrain(stage, run_job)
    bring = answer_cities if component is Component.NER else classified
    bring(stage, 60)
    bring(stage, 20, held_back=True)
    started, blank = (train(stage, run_job, component, each) for each in (pretrained, None))
    assert (started.pretrained, blank.pretrained) == (pretrained, None)
    assert started.snapshot == blank.snapshot
    assert "annex." not in started.config
    files = [Artefact.objects.get(id=each.id).sha256 for each in (started, blank)]
    assert files[0] != files[1]
    assert Evaluation.objects.get(predictor_id=started.id).scores["overall"]["f"] > 0.5
    assert load_model(started.id, stage.project.id).component is component


def test_held_back_texts_are_refused_and_counted(stage: Stage, run_job: RunJob) -> None:
    stage.examples([text for text, _, _ in city_texts(2, seed=3)], held_back=True)
    attempt, _ = pretrain(stage, run_job)
    (failed,) = told("job.failed")
    assert (attempt.state, failed["code"], failed["affected"]) == (
        "failed", "train.evaluation_overlap", 2,
    )  # fmt: skip
    assert not TrainedModel.objects.exists()


def test_too_few_texts_are_refused(run_job: RunJob) -> None:
    stage = make_stage()
    stage.examples(["one", "two"])
    pretrain(stage, run_job)
    assert told("job.failed")[0]["code"] == "dataset.no_examples"


def test_cancel_ends_it_and_leaves_nothing(stage: Stage, tmp_path: Path) -> None:
    arguments = PretrainArguments(model=uuid4(), datasets=[stage.dataset.id], max_steps=1000)
    attempt = Attempt.objects.create(
        job=uuid4(),
        epoch=1,
        run=1,
        state="running",
        project_id=stage.project.id,
        recipe=JobRecipe.PRETRAIN.value,
        arguments=arguments.model_dump(mode="json"),
        lease_class="sticky",
    )
    asked = count()
    context = JobContext(attempt, tmp_path, lambda: next(asked) > 5)
    assert run_recipe(context) == STOPPED
    assert next(asked) < 10
    assert not TrainedModel.objects.exists()
    with pytest.raises(FileMissing):
        stored_files().path(model_key(arguments.model))


def test_weights_that_are_not_there_end_a_training(stage: Stage, run_job: RunJob) -> None:
    answer_cities(stage, 40)
    arguments = TrainArguments(
        model=uuid4(), datasets=[stage.dataset.id], max_steps=20, pretrained=uuid4()
    )
    attempt = run_job(JobRecipe.TRAIN, stage.project.id, arguments)
    assert (attempt.state, Failure.objects.get().code) == ("failed", "predictor.missing")


def test_nothing_is_trained_that_predicts_nothing() -> None:
    with pytest.raises(ValidationError, match="predicts nothing"):
        TrainArguments(model=uuid4(), datasets=[uuid4()], component=Component.TOK2VEC)
