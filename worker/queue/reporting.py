"""Tell the control plane how far tasks and annotators are.

Saving an answer only moves its annotator's tally. A beat turns changed tallies into events, so a
thousand answers in five seconds are one event per annotator, and no save waits for the outbox.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from annex.contract.outbound import AnnotatorProgressed, TaskProgressed
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from worker.link.outbox import emit
from worker.projects.models import Task
from worker.queue.models import QueueSize, Tally
from worker.store.counts import emit_dataset_changed, told_examples

EXAMPLES_COUNTED_PER_SECOND = 1000
"""A task of 400,000 examples has its datasets counted every 400 seconds, one of 3,000 every 3."""


def mark_unreported(task_id: UUID) -> None:
    """Let the next beat report the task, though nobody has answered."""
    QueueSize.objects.filter(task_id=task_id).update(unreported=True)


def report_progress() -> int:
    """Emit the totals of every task and annotator that has changed; return how many tasks."""
    changed = set(QueueSize.objects.filter(unreported=True).values_list("task_id", flat=True))
    changed |= set(Tally.objects.filter(unreported=True).values_list("task_id", flat=True))
    for task in Task.objects.filter(id__in=changed):
        _report(task)
    return len(changed)


@transaction.atomic
def _report(task: Task) -> None:
    for tally in _take_unreported(task.id):
        emit(_annotator_progress(tally))
    size = QueueSize.objects.filter(task_id=task.id).first() or QueueSize(task_id=task.id)
    emit(_task_progress(task, size))
    _report_datasets(task, size, timezone.now())


def _report_datasets(task: Task, size: QueueSize, now: datetime) -> None:
    """Emit the totals of the task's datasets; large ones less often: they are counted."""
    pause = timedelta(seconds=size.examples / EXAMPLES_COUNTED_PER_SECOND)
    size.unreported = bool(size.datasets_reported_at and now - size.datasets_reported_at < pause)
    if not size.unreported:
        size.datasets_reported_at = now
        for dataset in filter(None, (task.dataset_id, task.evaluation_dataset_id)):
            emit_dataset_changed(dataset)
    size.save()


def _take_unreported(task_id: UUID) -> list[Tally]:
    # The totals are read after the flag is taken down: a save in between raises it again.
    taken = list(
        Tally.objects.filter(task_id=task_id, unreported=True).values_list("id", flat=True)
    )
    Tally.objects.filter(id__in=taken).update(unreported=False)
    return list(Tally.objects.filter(id__in=taken))


def _annotator_progress(tally: Tally) -> AnnotatorProgressed:
    return AnnotatorProgressed(
        task=tally.task_id,
        annotator=tally.subject,
        accepted=tally.accepted,
        rejected=tally.rejected,
        ignored=tally.ignored,
        working_seconds=tally.working_ms // 1000,
    )


def _task_progress(task: Task, size: QueueSize) -> TaskProgressed:
    done = Tally.objects.filter(task_id=size.task_id).aggregate(
        answered=Sum("finished", default=0),
        evaluation_answered=Sum("evaluation_finished", default=0),
    )
    examples = size.examples
    if task.is_of_strangers:
        examples = told_examples(done["answered"], is_open=not task.is_closed)
    return TaskProgressed(
        task=size.task_id,
        examples=examples,
        evaluation_examples=size.evaluation_examples,
        **done,
    )
