"""A task that teaches: its model orders the queue, in the background and anew with each model."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import PredictorKind

from tests.worker.cast import Stage, make_stage
from tests.worker.recipes.conftest import RunJob
from tests.worker.recipes.test_combinations import combine
from tests.worker.recipes.test_train import stage, train
from worker.predictors.loading import load_model
from worker.projects.models import Task
from worker.queue.actions import lease_examples
from worker.queue.filling import fill_queue
from worker.store.models import Example
from worker.teaching.actions import rank_task, tasks_to_rank
from worker.teaching.models import Ranking

__all__ = ["stage"]
pytestmark = pytest.mark.django_db

SURE, UNSURE = (
    "Note 0-7: We flew to Oslo was named.",
    "Berlinish Osloers of Cairo, Lim and quit Oh.",
)


def teach(stage: Stage, model: UUID, kind: PredictorKind = PredictorKind.MODEL) -> None:
    Task.objects.filter(id=stage.task.id).update(
        unsure_first=True, suggestions_kind=kind.value, suggestions_id=model
    )
    stage.task.refresh_from_db()


def texts_served(stage: Stage, count: int) -> list[str]:
    served = lease_examples(stage.task, uuid4(), count).served
    return [Example.objects.get(id=lease.example_id).text for lease in served]


def make_due(stage: Stage) -> None:
    for ranking in Ranking.objects.filter(task_id=stage.task.id):
        ranking.ranked_at -= timedelta(hours=1)
        ranking.save()


def test_the_model_of_the_task_orders_its_queue(stage: Stage, run_job: RunJob) -> None:
    _, model, _ = train(stage, run_job)
    stage.examples([SURE, UNSURE])
    fill_queue(stage.task)
    assert tasks_to_rank() == []
    teach(stage, model)
    assert tasks_to_rank() == [stage.task.id]
    scored = rank_task(stage.task.id)
    assert (scored, tasks_to_rank()) == (2, [])
    doubts = list(load_model(model, stage.project.id).doubts([SURE, UNSURE]))
    assert doubts[0] < doubts[1]
    assert texts_served(stage, 2) == [UNSURE, SURE]


def test_what_comes_in_later_finds_its_place(stage: Stage, run_job: RunJob) -> None:
    _, model, _ = train(stage, run_job)
    teach(stage, model)
    stage.examples([SURE])
    fill_queue(stage.task)
    rank_task(stage.task.id)
    stage.examples([UNSURE])
    fill_queue(stage.task)
    assert tasks_to_rank() == []  # not at once: an import may still be at it
    make_due(stage)
    assert tasks_to_rank() == [stage.task.id]
    rank_task(stage.task.id)
    assert texts_served(stage, 2) == [UNSURE, SURE]
    make_due(stage)
    assert tasks_to_rank() == []


def test_another_model_is_ranked_by_at_once(stage: Stage, run_job: RunJob) -> None:
    _, first, _ = train(stage, run_job)
    stage.examples([SURE])
    fill_queue(stage.task)
    teach(stage, first)
    rank_task(stage.task.id)
    both = combine(stage, first, stage.labels[0].name, "no such words")
    teach(stage, both.id, PredictorKind.COMBINED)
    assert tasks_to_rank() == []  # rules do not doubt: its model is the same
    _, second, _ = train(stage, run_job)
    teach(stage, second)
    assert tasks_to_rank() == [stage.task.id]


def test_a_model_that_is_missing_leaves_the_order_as_it_is() -> None:
    stage = make_stage()
    stage.examples([SURE, UNSURE])
    fill_queue(stage.task)
    teach(stage, uuid4())
    assert rank_task(stage.task.id) == 0
    assert Ranking.objects.get().failed
    make_due(stage)
    assert tasks_to_rank() == []
    assert texts_served(stage, 2) == [SURE, UNSURE]
