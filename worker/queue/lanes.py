"""How many of the next examples come from which lane."""

from __future__ import annotations

from math import ceil
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from common.database.prepared import run_prepared
from worker.queue.models import Lane, Tally

_SERVE = """
INSERT INTO worker_queue_tally AS tally (task_id, subject, day, served, accepted, rejected, ignored,
  finished, evaluation_finished, working_ms, today_answers, today_working_ms, unreported)
VALUES (%(task)s, %(subject)s, %(day)s, %(count)s::bigint, 0, 0, 0, 0, 0, 0, 0, 0, false)
ON CONFLICT (task_id, subject) DO UPDATE SET served = tally.served + excluded.served
RETURNING served
"""


def split_lanes(
    task_id: UUID, subject: UUID, count: int, evaluation_share: float
) -> list[tuple[Lane, int]]:
    """Return how many of the annotator's next `count` examples each lane should give.

    Held-back examples come first and then evenly: at a share of 0.33 the 1st, 4th, 7th example.
    """
    served = add_served(task_id, subject, count)
    held_back = ceil(served * evaluation_share) - ceil((served - count) * evaluation_share)
    return [(Lane.EVALUATION, held_back), (Lane.MAIN, count - held_back)]


def add_served(task_id: UUID, subject: UUID, count: int) -> int:
    """Count examples that are about to be handed out, and return the total."""
    today = timezone.now().date()
    values = {"task": task_id, "subject": subject, "day": today, "count": count}
    [(served,)] = run_prepared(_SERVE, values)
    return int(served)


def take_back_served(task_id: UUID, subject: UUID, count: int) -> None:
    """Take back what was counted and then not found, so that `served` is what was handed out."""
    tally = Tally.objects.filter(task_id=task_id, subject=subject)
    tally.update(served=F("served") - count)
