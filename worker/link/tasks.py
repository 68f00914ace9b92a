"""Celery tasks of the link: they run where text may be touched, never in the link process."""

from __future__ import annotations

from celery import shared_task

from worker.link.inbox import process_inbox
from worker.link.stops import tell_stops


@shared_task
def process_inbox_task() -> None:
    """Carry out the commands that were received."""
    process_inbox()


@shared_task
def tell_stops_task() -> None:
    """Stop the work on jobs that were cancelled or lost."""
    tell_stops()
