"""Order the queues of teaching tasks: in the background, again when the model is another one.

Annotators never wait for it. Until a queue is ranked it is served in its given order, and while a
new model scores it, in the order of the old one.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from annex.contract.enums import PredictorKind, TaskState
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from common.database.locks import only_one
from worker.predictors.errors import PredictorMissing
from worker.predictors.loading import load_model, parts_of
from worker.projects.hooks import AppliedSnapshot, on_snapshot
from worker.projects.models import Task
from worker.queue.models import Lane, QueueItem
from worker.queue.ranking import POOL, rank_queue
from worker.teaching.models import Ranking

PAUSE = timedelta(minutes=1)
"""What came into a queue since it was ranked waits at least so long for its place in it."""
LOW = 200
"""Of a long queue, more is ranked when fewer than these are left of what was."""

log = structlog.get_logger(__name__)


def taught_tasks() -> QuerySet[Task]:
    """Return the open tasks whose model decides the order of their queue."""
    kinds = [PredictorKind.MODEL.value, PredictorKind.COMBINED.value]
    tasks = Task.objects.filter(unsure_first=True, state=TaskState.OPEN.value)
    return tasks.filter(suggestions_kind__in=kinds)


def tasks_to_rank() -> list[UUID]:
    """Return the tasks whose queue another model has ordered, or nobody yet, or not all of it."""
    rankings = {ranking.task_id: ranking for ranking in Ranking.objects.all()}
    return [task.id for task in taught_tasks() if _is_due(task, rankings.get(task.id))]


def rank_task(task_id: UUID) -> int:
    """Order a task's queue by the doubt of its model.

    Returns: how many examples were scored.
    Effects: none when another process is at it, or the task is not taught any more.
    """
    with only_one("ranking", task_id) as is_mine:
        task = taught_tasks().filter(id=task_id).first() if is_mine else None
        return _rank(task) if task else 0


@on_snapshot
def follow_snapshot(applied: AppliedSnapshot) -> None:
    """Rank changed tasks once the snapshot is in."""
    for task in taught_tasks().filter(id__in=applied.changed_tasks):
        ring_ranking(task.id)


def ring_ranking(task_id: UUID) -> None:
    """Have a queue ranked once the present transaction is in; a lost ring is swept up."""
    transaction.on_commit(lambda: _ring(task_id), robust=True)


def _rank(task: Task) -> int:
    model_id = _model_of(task)
    fields = {"model_id": model_id, "ranked_at": timezone.now()}
    try:
        model = load_model(model_id, task.project_id)
    except PredictorMissing:
        Ranking.objects.update_or_create(task_id=task.id, defaults={**fields, "failed": True})
        log.warning("the model of a teaching task is missing", task=str(task.id))
        return 0
    scored = rank_queue(task.id, model.doubts)
    fields |= {"examples": scored, "failed": False}
    Ranking.objects.update_or_create(task_id=task.id, defaults=fields)
    return scored


def _model_of(task: Task) -> UUID:
    """Return the model of a task's predictor; that of a combination is its second part."""
    if task.suggestions_id is None:
        raise PredictorMissing
    if task.suggestions_kind == PredictorKind.COMBINED.value:
        return parts_of(task.suggestions_id, task.project_id)[1].id
    return task.suggestions_id


def _is_due(task: Task, last: Ranking | None) -> bool:
    try:
        model_id = _model_of(task)
    except PredictorMissing:
        return False
    if last is None or last.model_id != model_id:
        return True
    if last.failed or timezone.now() - last.ranked_at < PAUSE:
        return False
    return _has_come_in(task.id)


def _has_come_in(task_id: UUID) -> bool:
    """Say whether what has no place yet is worth a ranking.

    A short queue is ranked as a whole; of a long one more is ranked when little is left of it.
    """
    waiting = QueueItem.objects.filter(task_id=task_id, lane=Lane.MAIN, open_slots__gt=0)
    if not waiting.filter(position__gte=0).exists():
        return False
    is_short = waiting[: POOL + 1].count() <= POOL
    return is_short or waiting.filter(position__lt=0)[:LOW].count() < LOW


def _ring(task_id: UUID) -> None:
    from worker.teaching.tasks import rank_queue_task  # tasks import these actions

    rank_queue_task.delay(str(task_id))
