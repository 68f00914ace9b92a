"""Doorbells and the beat of teaching; the rows decide what is to be done."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from worker.teaching.actions import rank_task, tasks_to_rank


@shared_task(name="worker.teaching.rank_queue")
def rank_queue_task(task_id: str) -> None:
    """Order one task's queue by the doubt of its model."""
    rank_task(UUID(task_id))


@shared_task(name="worker.teaching.sweep_rankings")
def sweep_rankings_task() -> None:
    """Ring for every queue that is to be ranked."""
    for task_id in tasks_to_rank():
        rank_queue_task.delay(str(task_id))
