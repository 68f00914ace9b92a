"""Beats of the queue."""

from __future__ import annotations

from celery import shared_task

from worker.queue.reporting import report_progress


@shared_task(name="worker.queue.report_progress")
def report_progress_task() -> None:
    """Report what has changed since the last beat."""
    report_progress()
