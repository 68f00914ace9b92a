"""Ring the link's Celery tasks. When the broker is away, the beat rings again within seconds."""

from __future__ import annotations

import structlog
from celery import Task
from kombu.exceptions import KombuError

from worker.link.tasks import process_inbox_task, tell_stops_task

log = structlog.get_logger(__name__)


def ring_inbox() -> None:
    """Have received commands carried out."""
    _ring(process_inbox_task)


def ring_stops() -> None:
    """Have the work on marked leases stopped."""
    _ring(tell_stops_task)


def _ring(task: Task) -> None:  # type: ignore[type-arg]
    try:
        task.delay()
    except (KombuError, OSError) as error:
        log.warning("a doorbell was not heard", kind=type(error).__name__)
