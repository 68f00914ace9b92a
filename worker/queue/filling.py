"""Put a task's examples into its queue, and follow changes of the task."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from annex.contract.enums import Role, TaskState
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from worker.projects.hooks import AppliedSnapshot, on_snapshot
from worker.projects.models import Person, Task
from worker.queue.actions import release_leases
from worker.queue.models import Lane, Lease, QueueItem, QueueSize
from worker.queue.reporting import mark_unreported
from worker.queue.second_looks import release_looks

_FILL = """
INSERT INTO worker_queue_queueitem (task_id, example_id, lane, position, open_slots, missing)
SELECT %(task)s, example.id, %(lane)s, example.id, %(overlap)s, %(overlap)s
FROM worker_store_example example
WHERE example.dataset_id = %(dataset)s AND example.visible
  AND NOT EXISTS (SELECT FROM worker_queue_queueitem item
                  WHERE item.task_id = %(task)s AND item.example_id = example.id)
  -- What came answered with its file is not asked again.
  AND NOT EXISTS (SELECT FROM worker_store_answer answer
                  WHERE answer.example_id = example.id AND answer.task_id IS NULL)
ORDER BY example.id
ON CONFLICT DO NOTHING
"""

# New overlap minus old, for free slots and missing answers alike; what is already answered or
# held stays so, and a surplus of answers is kept. How many a router named is no overlap.
_RESIZE = """
WITH used AS (
  SELECT item.id,
    (SELECT count(*) FROM worker_store_answer a
     WHERE a.task_id = item.task_id AND a.example_id = item.example_id) AS answers,
    (SELECT count(*) FROM worker_queue_lease l
     WHERE l.task_id = item.task_id AND l.example_id = item.example_id) AS leases
  FROM worker_queue_queueitem item
  WHERE item.task_id = %(task)s AND item.annotators IS NULL FOR UPDATE)
UPDATE worker_queue_queueitem item
SET open_slots = greatest(0, %(overlap)s - used.answers - used.leases),
    missing = greatest(0, %(overlap)s - used.answers)
FROM used WHERE used.id = item.id
  AND (item.open_slots <> greatest(0, %(overlap)s - used.answers - used.leases)
       OR item.missing <> greatest(0, %(overlap)s - used.answers))
"""


@transaction.atomic
def fill_queue(task: Task) -> int:
    """Queue the visible, unanswered examples of a task's datasets that are not queued yet.

    Returns:  how many were added. Filling again adds nothing twice.
    """
    lanes = [(Lane.MAIN, task.dataset_id), (Lane.EVALUATION, task.evaluation_dataset_id)]
    added = sum(_fill_lane(task, lane, dataset) for lane, dataset in lanes if dataset)
    _count(task.id)
    mark_unreported(task.id)
    return added


def fill_queues_of(dataset_ids: Iterable[UUID]) -> int:
    """Fill the queues of all tasks over the datasets that are not closed, after an import."""
    wanted = list(dataset_ids)
    tasks = Task.objects.exclude(state=TaskState.CLOSED.value).filter(
        Q(dataset_id__in=wanted) | Q(evaluation_dataset_id__in=wanted)
    )
    return sum(fill_queue(task) for task in tasks)


@on_snapshot
def follow_snapshot(applied: AppliedSnapshot) -> None:
    """Fill the queues of changed tasks and take back what removed people hold."""
    for task in Task.objects.filter(id__in=applied.changed_tasks):
        fill_queue(task)
        resize_overlap(task)
        _release_unassigned(task)
    _release(Lease.objects.filter(task_id__in=applied.closed_tasks))
    tasks = Task.objects.filter(project=applied.snapshot.project).values_list("id", flat=True)
    _release(Lease.objects.filter(task_id__in=tasks, subject__in=applied.removed_people))
    release_looks(tasks, applied.removed_people)


def resize_overlap(task: Task) -> None:
    """Bring free slots and missing answers in line with the task's overlap, if it has changed."""
    items = QueueItem.objects.filter(task_id=task.id, annotators__isnull=True)
    first = items.order_by("task_id", "example_id").first()
    if first is None or _slots_of(first) == task.overlap:
        return
    with connection.cursor() as cursor:
        cursor.execute(_RESIZE, {"task": task.id, "overlap": task.overlap})


def _slots_of(item: QueueItem) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM worker_store_answer WHERE task_id = %s AND example_id = %s",
            [item.task_id, item.example_id],
        )
        return item.missing + int(cursor.fetchone()[0])


def _release_unassigned(task: Task) -> None:
    """Take back what people hold who are no longer on the task. Developers may try any task."""
    bound = Person.objects.filter(
        project_id=task.project_id, role__in=[Role.REVIEWER.value, Role.ANNOTATOR.value]
    ).exclude(subject__in=task.annotators.values("subject"))
    _release(Lease.objects.filter(task_id=task.id, subject__in=bound.values("subject")))
    release_looks([task.id], bound.values_list("subject", flat=True))


def _release(leases: QuerySet[Lease]) -> None:
    release_leases(list(leases.values_list("id", flat=True)))


def _fill_lane(task: Task, lane: Lane, dataset: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            _FILL,
            {"task": task.id, "lane": lane.value, "dataset": dataset, "overlap": task.overlap},
        )
        return int(cursor.rowcount)


def _count(task_id: UUID) -> None:
    counts = QueueItem.objects.filter(task_id=task_id).aggregate(
        examples=Count("id"), evaluation_examples=Count("id", Q(lane=Lane.EVALUATION))
    )
    QueueSize.objects.update_or_create(task_id=task_id, defaults=counts)
