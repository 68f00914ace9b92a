"""Rules and a model as one predictor: the rules decide, the model marks what they leave."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from annex.contract.enums import JobRecipe, LabelChangeKind, PredictorKind
from annex.contract.recipes import EvaluateArguments, PredictArguments, PredictorRef

from tests.worker.cast import Stage, make_stage
from tests.worker.recipes.conftest import RunJob
from tests.worker.recipes.test_label_changes import change
from tests.worker.recipes.test_train import stage, told, train
from worker.predictors.base import NamedSpan
from worker.projects.models import Combination
from worker.store.models import Asset, Suggestion
from worker.store.patterns import write_patterns
from worker.training.models import Evaluation
from worker.training.names import predictor_name
from worker.training.relabelling import predictor_today
from worker.workbench.trying import try_text

__all__ = ["stage"]
pytestmark = pytest.mark.django_db

TEXT = "We flew to Oslo was named."


def combine(stage: Stage, model: UUID, label: str, pattern: str) -> PredictorRef:
    """Join rules of one pattern with a model, as a project's configuration does."""
    rules = Asset.objects.create(id=uuid4(), project_id=stage.project.id, kind="patterns", name="R")
    write_patterns(rules, {1: {"label": label, "pattern": pattern}})
    made = Combination.objects.create(
        id=uuid4(), project=stage.project, name="Both", rules=rules.id, model=model
    )
    return PredictorRef(kind=PredictorKind.COMBINED, id=made.id)


def test_where_both_mark_the_rules_decide_in_every_room(stage: Stage, run_job: RunJob) -> None:
    _, model, _ = train(stage, run_job)
    city, other = stage.labels
    (example,) = stage.examples([TEXT])
    alone = PredictorRef(kind=PredictorKind.MODEL, id=model)
    [learned] = predictor_today(alone, stage.project.id).predict([TEXT])
    assert learned.spans == [NamedSpan(11, 15, city.name)]
    ref = combine(stage, model, other.name, "to Oslo")
    decided = [NamedSpan(8, 15, other.name)]
    [said] = predictor_today(ref, stage.project.id).predict([TEXT])
    assert said.spans == decided
    run_job(
        JobRecipe.PREDICT,
        stage.project.id,
        PredictArguments(dataset=stage.dataset.id, predictor=ref),
    )
    assert Suggestion.objects.get(example=example).spans == [
        {"start": 8, "end": 15, "label": str(other.id)}
    ]
    tried = try_text(stage.project.id, TEXT)
    assert [known.name for each in tried for known in each.among][-1] == "Both"
    assert tried[-1].annotation is not None
    assert tried[-1].annotation.spans == decided


def test_it_is_measured_and_compared_like_any_other(stage: Stage, run_job: RunJob) -> None:
    _, model, first = train(stage, run_job)
    ref = combine(stage, model, stage.labels[1].name, "no such words")
    arguments = EvaluateArguments(predictor=ref, dataset=stage.evaluation.id, evaluation=uuid4())
    run_job(JobRecipe.EVALUATE, stage.project.id, arguments)
    row, alone = (Evaluation.objects.get(id=one) for one in (arguments.evaluation, first))
    assert (row.scores, row.training_examples) == (alone.scores, 40)
    rules = Asset.objects.get(kind="patterns")
    assert row.size_bytes == alone.size_bytes + rules.size_bytes
    assert predictor_name(PredictorKind.COMBINED, row.predictor_id) == "Both"
    assert row.predictions.exists()
    (compared,) = told("evaluations.compared")
    assert (compared["other"], compared["difference"]) == (str(first), 0.0)


def test_its_model_follows_a_label_change_and_its_rules_stay(stage: Stage, run_job: RunJob) -> None:
    _, model, _ = train(stage, run_job)
    _, other = stage.labels
    ref = combine(stage, model, other.name, "flew")
    change(stage, LabelChangeKind.MERGE, [other.id])
    [said] = predictor_today(ref, stage.project.id).predict([TEXT])
    assert said.spans == [NamedSpan(3, 7, other.name), NamedSpan(11, 15, other.name)]


def test_it_is_missing_in_another_project_and_without_its_parts(
    stage: Stage, run_job: RunJob
) -> None:
    ref = combine(stage, uuid4(), stage.labels[0].name, "Oslo")
    other = make_stage("Other")
    for project, dataset in ((other.project, other.dataset), (stage.project, stage.dataset)):
        arguments = PredictArguments(dataset=dataset.id, predictor=ref)
        run_job(JobRecipe.PREDICT, project.id, arguments)
    assert [row["code"] for row in told("job.failed")] == ["predictor.missing"] * 2
    assert try_text(stage.project.id, TEXT)[-1].annotation is None
