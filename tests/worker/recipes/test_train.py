"""Train, measure, predict and package on a handful of sentences."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from annex.contract.enums import JobRecipe, PredictorKind, Verdict
from annex.contract.recipes import (
    CurvePoint,
    EvaluateArguments,
    PackageArguments,
    PredictArguments,
    PredictorRef,
    TrainArguments,
    TrainCurveArguments,
)

from tests.worker.cast import Stage, make_stage
from tests.worker.recipes.conftest import RunJob
from tests.worker.training.gold import answer_cities
from worker.jobs.models import Attempt, Failure
from worker.link.models import OutboxEvent
from worker.predictors.loading import load_predictor
from worker.store.files import stored_files
from worker.store.models import Artefact, Asset, Suggestion
from worker.store.patterns import write_patterns
from worker.training.models import Evaluation, TrainedModel

pytestmark = pytest.mark.django_db
STEPS = 40


def train(stage: Stage, run_job: RunJob, *, seed: int = 0) -> tuple[Attempt, UUID, UUID]:
    """Train for a few steps; returns the attempt, the model's and the evaluation's id."""
    model, evaluation = uuid4(), uuid4()
    arguments = TrainArguments(
        model=model,
        datasets=[stage.dataset.id],
        evaluation_dataset=stage.evaluation.id,
        evaluation=evaluation,
        seed=seed,
        max_steps=STEPS,
    )
    return run_job(JobRecipe.TRAIN, stage.project.id, arguments), model, evaluation


def told(kind: str) -> list[dict[str, Any]]:
    """Return the outbox's bodies of one kind, in order."""
    return [row.body for row in OutboxEvent.objects.filter(kind=kind).order_by("id")]


@pytest.fixture
def stage() -> Stage:
    """A project with forty answers to learn from and fifteen held back."""
    stage = make_stage()
    answer_cities(stage, 40)
    answer_cities(stage, 15, held_back=True)
    return stage


def test_training_keeps_all_it_takes_to_repeat_it(stage: Stage, run_job: RunJob) -> None:
    attempt, model_id, evaluation_id = train(stage, run_job, seed=5)
    assert attempt.state == "succeeded", Failure.objects.get().traceback
    model, evaluation = TrainedModel.objects.get(), Evaluation.objects.get()
    assert (model.id, evaluation.id, evaluation.evaluation_examples) == (
        model_id,
        evaluation_id,
        15,
    )
    assert (model.seed, model.training_examples, len(model.snapshot)) == (5, 40, 64)
    assert "seed = 5" in model.config
    assert "annex." not in model.config
    assert model.labels == {stage.labels[0].name: str(stage.labels[0].id)}
    assert model.scores == evaluation.scores
    assert evaluation.scores["overall"]["f"] > 0.5
    assert 0 < model.size_bytes < 10_000_000


def test_training_tells_figures_and_no_names(stage: Stage, run_job: RunJob) -> None:
    _, model_id, _ = train(stage, run_job)
    (trained,) = told("model.trained")
    (scored,) = told("evaluation.scored")
    assert (trained["model"], trained["training_examples"]) == (str(model_id), 40)
    assert scored["per_label"][0]["label"] == str(stage.labels[0].id)
    assert scored["per_label"][0]["scores"]["support"] == 15
    everything = orjson.dumps([trained, scored, *told("job.progress")]).decode()
    assert stage.labels[0].name not in everything


def test_same_seed_gives_same_snapshot_and_scores(stage: Stage, run_job: RunJob) -> None:
    _, first, _ = train(stage, run_job, seed=3)
    _, second, _ = train(stage, run_job, seed=3)
    one, two = TrainedModel.objects.get(id=first), TrainedModel.objects.get(id=second)
    assert (one.snapshot, one.scores, one.steps) == (two.snapshot, two.scores, two.steps)


def test_held_back_inputs_are_refused_and_counted(stage: Stage, run_job: RunJob) -> None:
    texts = list(stage.evaluation.examples.values_list("text", flat=True)[:2])
    for example in stage.examples(texts):
        held = stage.evaluation.examples.get(text=example.text).answers.get()
        held.id, held.example, held._state.adding = uuid4(), example, True
        held.save()
    attempt, _, _ = train(stage, run_job)
    (failed,) = told("job.failed")
    assert (failed["code"], failed["affected"]) == ("train.evaluation_overlap", 2)
    assert attempt.state == "failed"
    assert not TrainedModel.objects.exists()


def test_too_few_answers_are_refused(run_job: RunJob) -> None:
    stage = make_stage()
    answer_cities(stage, 5)
    answer_cities(stage, 5, held_back=True)
    train(stage, run_job)
    assert told("job.failed")[0]["code"] == "train.not_enough_answers"


def test_ignored_answers_are_left_out(stage: Stage, run_job: RunJob) -> None:
    from worker.store.models import Answer

    some = Answer.objects.filter(example__dataset=stage.dataset).values_list("id")[:10]
    Answer.objects.filter(id__in=list(some.values_list("id", flat=True))).update(
        verdict=Verdict.IGNORE.value
    )
    train(stage, run_job)
    assert TrainedModel.objects.get().training_examples == 30


def test_curve_points_grow_and_the_last_is_the_model(stage: Stage, run_job: RunJob) -> None:
    points = [CurvePoint(fraction=f, evaluation=uuid4()) for f in (1.0, 0.5)]
    arguments = TrainCurveArguments(
        model=uuid4(),
        datasets=[stage.dataset.id],
        evaluation_dataset=stage.evaluation.id,
        points=points,
        max_steps=STEPS,
    )
    attempt = run_job(JobRecipe.TRAIN_CURVE, stage.project.id, arguments)
    assert attempt.state == "succeeded", Failure.objects.get().traceback
    sizes = Evaluation.objects.order_by("fraction").values_list("fraction", "training_examples")
    assert list(sizes) == [(0.5, 20), (1.0, 40)]
    assert TrainedModel.objects.get().training_examples == 40
    assert TrainedModel.objects.get().scores == Evaluation.objects.get(fraction=1.0).scores


def test_evaluate_gives_the_scores_of_the_training(stage: Stage, run_job: RunJob) -> None:
    _, model_id, _ = train(stage, run_job)
    ref = PredictorRef(kind=PredictorKind.MODEL, id=model_id)
    arguments = EvaluateArguments(predictor=ref, dataset=stage.evaluation.id, evaluation=uuid4())
    run_job(JobRecipe.EVALUATE, stage.project.id, arguments)
    again = Evaluation.objects.get(id=arguments.evaluation)
    assert again.scores == TrainedModel.objects.get().scores
    assert again.training_examples == 40
    assert again.words_per_second > 0


def test_evaluations_on_the_same_texts_are_compared_in_pairs(stage: Stage, run_job: RunJob) -> None:
    _, _, evaluation = train(stage, run_job)
    asset = Asset.objects.create(id=uuid4(), project_id=stage.project.id, kind="patterns")
    pattern = {"label": stage.labels[0].name, "regex": "Oslo|Lima"}
    write_patterns(asset, {1: pattern})
    ref = PredictorRef(kind=PredictorKind.RULES, id=asset.id)
    arguments = EvaluateArguments(predictor=ref, dataset=stage.evaluation.id, evaluation=uuid4())
    run_job(JobRecipe.EVALUATE, stage.project.id, arguments)
    assert all(
        row["low"] <= row["overall"]["f"] <= row["high"] for row in told("evaluation.scored")
    )
    (compared,) = told("evaluations.compared")
    assert (compared["evaluation"], compared["other"]) == (
        str(arguments.evaluation),
        str(evaluation),
    )
    rules, model = (
        Evaluation.objects.get(id=one).scores["overall"]["f"]
        for one in (arguments.evaluation, evaluation)
    )
    assert compared["difference"] == pytest.approx(rules - model)
    assert compared["low"] <= compared["difference"] <= compared["high"]


def test_predict_replaces_the_suggestions_of_every_example(stage: Stage, run_job: RunJob) -> None:
    _, model_id, _ = train(stage, run_job)
    (fresh,) = stage.examples(["We flew to Oslo was named."])
    ref = PredictorRef(kind=PredictorKind.MODEL, id=model_id)
    arguments = PredictArguments(dataset=stage.dataset.id, predictor=ref)
    for _ in range(2):
        run_job(JobRecipe.PREDICT, stage.project.id, arguments)
    found = Suggestion.objects.filter(example__dataset=stage.dataset)
    assert found.filter(example=fresh).count() == 1
    assert found.count() == stage.dataset.examples.count() > 1
    labels = {span["label"] for suggestion in found for span in suggestion.spans}
    assert labels == {str(stage.labels[0].id)}


def test_a_predictor_of_another_project_is_missing(stage: Stage, run_job: RunJob) -> None:
    _, model_id, _ = train(stage, run_job)
    other = make_stage("Other")
    ref = PredictorRef(kind=PredictorKind.MODEL, id=model_id)
    run_job(
        JobRecipe.PREDICT,
        other.project.id,
        PredictArguments(dataset=other.dataset.id, predictor=ref),
    )
    assert told("job.failed")[-1]["code"] == "predictor.missing"


LOAD_AND_MARK = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
docs = nlp.pipe(json.load(sys.stdin))
print(json.dumps([[[e.start_char, e.end_char, e.label_] for e in d.ents] for d in docs]))
"""


@pytest.mark.slow
def test_wheel_installs_and_marks_as_evaluate_does(
    stage: Stage, run_job: RunJob, tmp_path: Path
) -> None:
    _, model_id, _ = train(stage, run_job)
    run_job(JobRecipe.PACKAGE, stage.project.id, PackageArguments(model=model_id))
    wheel_id = TrainedModel.objects.get().wheel
    assert wheel_id is not None
    artefact = Artefact.objects.get(id=wheel_id)
    assert told("model.packaged")[0]["size_bytes"] == artefact.size_bytes < 10_000_000
    wheel, site = tmp_path / artefact.file_name, tmp_path / "site"
    wheel.write_bytes(stored_files().path(artefact.file_key).read_bytes())
    name = f"annex_model_{model_id.hex[:8]}"
    assert artefact.file_name.startswith(name)
    install(wheel, site)
    texts = list(stage.evaluation.examples.values_list("text", flat=True))
    done = subprocess.run(
        [sys.executable, "-c", LOAD_AND_MARK, name],
        input=orjson.dumps(texts),
        env={"PYTHONPATH": str(site), "PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    here = load_predictor(PredictorKind.MODEL, model_id, project_id=stage.project.id)
    assert orjson.loads(done.stdout) == [
        [list(span) for span in found.spans] for found in here.predict(texts)
    ]
    with zipfile.ZipFile(wheel) as packed:
        meta = orjson.loads(packed.read(f"{name}/meta.json"))
    assert meta["annex"]["snapshot"] == TrainedModel.objects.get().snapshot
    assert stage.project.title not in str(meta)


def install(wheel: Path, site: Path) -> None:
    """Install a wheel with pip, without a network."""
    pip = ["-m", "pip", "install", "--no-index", "--no-deps", "--quiet", "--target", str(site)]
    base = Path(sys.base_prefix) / "bin" / "python3"
    subprocess.run([str(base), *pip, str(wheel)], check=True)
