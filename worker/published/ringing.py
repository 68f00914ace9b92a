"""Rings for what is to be done; each ring may be lost, and the sweeper rings again."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.core.cache import cache
from django.db import transaction

RING_PAUSE_SECONDS = 1


def ring_install(package_id: UUID) -> None:
    """Have the package installed once the present transaction is in."""
    transaction.on_commit(partial(_ring_install, package_id), robust=True)


def ring_stream(task_id: UUID) -> None:
    """Have the task's queue topped up once the present transaction is in."""
    transaction.on_commit(partial(_ring_stream, task_id), robust=True)


def ring_stream_at_times(task_id: UUID) -> None:
    """Do as `ring_stream`, at most once a second from all processes together."""
    transaction.on_commit(partial(_ring_stream_at_times, task_id), robust=True)


def _ring_install(package_id: UUID) -> None:
    from worker.published.tasks import install_package_task

    install_package_task.delay(str(package_id))


def _ring_stream_at_times(task_id: UUID) -> None:
    if cache.add(f"stream-rung:{task_id}", 1, RING_PAUSE_SECONDS):
        _ring_stream(task_id)


def _ring_stream(task_id: UUID) -> None:
    from worker.published.tasks import top_up_task

    top_up_task.delay(str(task_id))
