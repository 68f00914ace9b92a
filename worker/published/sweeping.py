"""What waits to be done, found without anybody's ring."""

from __future__ import annotations

from uuid import UUID

from worker.published.drawing import is_low
from worker.published.following import follow_task, published_tasks
from worker.published.models import Package, Stream


def packages_to_install() -> list[UUID]:
    """Return the packages that are to be installed, the longest waiting first."""
    waiting = Package.objects.filter(state=Package.State.INSTALLING).order_by("published_at")
    return list(waiting.values_list("id", flat=True))


def streams_to_draw() -> list[UUID]:
    """Return the tasks whose queues are low, after another look at those that were refused."""
    for task in published_tasks().exclude(refusal=""):
        follow_task(task)
    open_streams = Stream.objects.filter(state=Stream.State.OPEN)
    return [
        task_id for task_id in open_streams.values_list("task_id", flat=True) if is_low(task_id)
    ]
