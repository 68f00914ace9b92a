"""Beats of the queue."""

from __future__ import annotations

from celery import shared_task

from worker.queue.label_changes import settle_changes
from worker.queue.reads import note_reads
from worker.queue.reporting import report_progress


@shared_task(name="worker.queue.report_progress")
def report_progress_task() -> None:
    """Report what has changed since the last beat."""
    report_progress()


@shared_task(name="worker.queue.settle_label_changes")
def settle_label_changes_task() -> None:
    """Let the last answers follow that were given under labels of before a change."""
    settle_changes()


@shared_task(name="worker.queue.note_reads")
def note_reads_task() -> None:
    """Bring the access log up to what has been handed out."""
    note_reads()
