"""Lease, extend, release, complete. Every claim is one conditional write.

Two processes that want the same example meet at its row: `FOR UPDATE SKIP LOCKED` gives it to one
and the other takes the next. A lease that is saved or released is gone with its row.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from annex.contract.enums import TaskState
from django.db import connection, transaction
from django.utils import timezone

from common.database.prepared import run_prepared
from common.errors import Conflict
from worker.projects.models import Task
from worker.queue.lanes import add_served, split_lanes, take_back_served
from worker.queue.models import Lane, Lease

MAX_HELD = 40
"""Examples one annotator may hold of a task at once."""
STALE = timedelta(minutes=2)
"""Whoever is silent this long is away: even the example on their screen may be taken."""
TAKEN_OVER_AT_ONCE = 3
"""Few, so that two at the end of a queue do not take the rest from each other in turn."""

_LEASE = tuple(field.attname for field in Lease._meta.concrete_fields)


class LeaseLost(Conflict):
    """All answers that the example needs were given by others."""

    code = "lease.lost"
    title = "Others have answered this example in the meantime"
    what_to_do = "Go on with the next one; nothing of this answer was saved."


@dataclass(frozen=True)
class Completion:
    """What an answer did to its example: `finished` when it was the last one missing."""

    finished: bool
    lane: Lane


@dataclass(frozen=True)
class Leased:
    """What an annotator is handed, in order of serving, and the example ids held from before."""

    served: list[Lease]
    held: frozenset[int]


@transaction.atomic
def lease_examples(
    task: Task, subject: UUID, count: int, *, holding: Collection[int] = ()
) -> Leased:
    """Lease the next examples of a task to an annotator.

    Args:     count: how many to hand out beyond `holding`, the example ids the annotator has.
    Returns:  leases in order of serving: first those still held from before (a reload), then new
              ones; fewer than `count` when nothing is left for this annotator.
    Effects:  extends all leases of the annotator; expired ones of others return to the queue.
    """
    now = timezone.now()
    has_expired = _take_turn(task.id, subject, now)
    held = extend_all(task, subject, now=now)
    if has_expired:
        return_expired(task.id, now=now)
    served = [lease for lease in held if lease.example_id not in set(holding)][:count]
    wanted = min(count - len(served), MAX_HELD - len(held))
    if wanted > 0 and task.state == TaskState.OPEN.value and not task.refusal:
        fresh = _claim(task, subject, wanted, now)
        if not held and not fresh:
            fresh = _take_over(task, subject, min(wanted, TAKEN_OVER_AT_ONCE), now)
            add_served(task.id, subject, len(fresh))
        served += sorted(fresh, key=_order_of_serving)
    return Leased(served, frozenset(lease.example_id for lease in held))


def _claim(task: Task, subject: UUID, count: int, now: datetime) -> list[Lease]:
    """Claim from both lanes in their share; what one lane lacks the other gives."""
    if not task.evaluation_dataset_id:
        taken = _claim_in_lane(task, subject, Lane.MAIN, count, now)
        add_served(task.id, subject, len(taken))
        return taken
    taken = []
    for lane, wanted in split_lanes(task.id, subject, count, task.evaluation_share):
        taken += _claim_in_lane(task, subject, lane, wanted, now)
    for lane in (Lane.MAIN, Lane.EVALUATION):
        if len(taken) < count:
            taken += _claim_in_lane(task, subject, lane, count - len(taken), now)
    if len(taken) < count:
        take_back_served(task.id, subject, count - len(taken))
    return taken


# The count is written out: for one that it does not know, the planner prepares for a tenth of all.
# With ALL it looks up the few who have a candidate; NOT EXISTS read all that one ever answered.
_CLAIM = """
WITH next AS (
  SELECT item.id, item.position FROM worker_queue_queueitem item
  WHERE item.task_id = %(task)s::uuid AND item.lane = %(lane)s AND item.open_slots > 0
    AND %(subject)s::uuid <> ALL (SELECT lease.subject FROM worker_queue_lease lease
      WHERE lease.task_id = item.task_id AND lease.example_id = item.example_id)
    AND %(subject)s::uuid <> ALL (SELECT answer.annotator FROM worker_store_answer answer
      WHERE answer.task_id = item.task_id AND answer.example_id = item.example_id)
    AND (item.annotators IS NULL OR %(subject)s::uuid = ANY (item.annotators))
  ORDER BY item.position LIMIT {count} FOR UPDATE OF item SKIP LOCKED),
taken AS (
  UPDATE worker_queue_queueitem item SET open_slots = item.open_slots - 1
  FROM next WHERE item.id = next.id RETURNING item.example_id, item.position)
INSERT INTO worker_queue_lease (task_id, example_id, subject, expires_at, active_at, touched)
SELECT %(task)s::uuid, example_id, %(subject)s::uuid, %(expires)s::timestamptz,
  %(now)s::timestamptz, false FROM taken ORDER BY position
RETURNING id, task_id, example_id, subject, expires_at, active_at, touched, draft
"""


def _claim_in_lane(task: Task, subject: UUID, lane: Lane, count: int, now: datetime) -> list[Lease]:
    if count <= 0:
        return []
    values = _values(task, subject, count, now) | {"lane": lane.value}
    return _leases(_CLAIM.format(count=count), values)


# The first lease of an annotator who is there is the example on their screen: it stays theirs.
_TAKE_OVER = """
WITH held AS (
  SELECT id, example_id, subject, touched, active_at,
         row_number() OVER (PARTITION BY subject ORDER BY id) AS turn
  FROM worker_queue_lease WHERE task_id = %(task)s),
free AS (
  SELECT lease.id FROM worker_queue_lease lease JOIN held ON held.id = lease.id
  WHERE lease.subject <> %(subject)s AND NOT lease.touched
    AND (held.turn > 1 OR lease.active_at < %(stale)s)
    AND NOT EXISTS (SELECT FROM held mine WHERE mine.subject = %(subject)s
                    AND mine.example_id = lease.example_id)
    AND NOT EXISTS (SELECT FROM worker_store_answer answer WHERE answer.task_id = %(task)s
                    AND answer.example_id = lease.example_id AND answer.annotator = %(subject)s)
    AND NOT EXISTS (SELECT FROM worker_queue_queueitem item WHERE item.task_id = %(task)s
                    AND item.example_id = lease.example_id AND item.annotators IS NOT NULL)
  ORDER BY held.turn DESC, lease.id DESC LIMIT %(count)s FOR UPDATE OF lease SKIP LOCKED),
one_each AS (
  SELECT DISTINCT ON (lease.example_id) lease.id FROM worker_queue_lease lease
  JOIN free ON free.id = lease.id ORDER BY lease.example_id, lease.id)
UPDATE worker_queue_lease lease
SET subject = %(subject)s, expires_at = %(expires)s, active_at = %(now)s
FROM one_each WHERE one_each.id = lease.id AND NOT lease.touched
RETURNING lease.id, lease.task_id, lease.example_id, lease.subject, lease.expires_at,
  lease.active_at, lease.touched, lease.draft
"""


def _take_over(task: Task, subject: UUID, count: int, now: datetime) -> list[Lease]:
    """Move untouched leases of others to one who has nothing left, last served first."""
    return _leases(_TAKE_OVER, _values(task, subject, count, now) | {"stale": now - STALE})


_EXTEND_ALL = """
UPDATE worker_queue_lease SET expires_at = %(expires)s, active_at = %(now)s
WHERE task_id = %(task)s AND subject = %(subject)s
RETURNING id, task_id, example_id, subject, expires_at, active_at, touched, draft
"""


def extend_all(task: Task, subject: UUID, *, now: datetime) -> list[Lease]:
    """Extend every lease the annotator holds and return them in order of serving."""
    values = {"task": task.id, "subject": subject, "now": now, "expires": _expiry(task, now)}
    return sorted(_leases(_EXTEND_ALL, values), key=_order_of_serving)


def extend(task: Task, subject: UUID, example_ids: Collection[int]) -> int:
    """Extend the annotator's leases on the examples and return how many there were."""
    now = timezone.now()
    return Lease.objects.filter(
        task_id=task.id, subject=subject, example_id__in=example_ids
    ).update(expires_at=_expiry(task, now), active_at=now)


def keep_draft(task: Task, subject: UUID, example_id: int, draft: dict[str, Any]) -> bool:
    """Keep what an annotator has marked so far; False when they do not hold the example.

    Effects: the lease counts as touched, so nobody takes it over, and is extended.
    """
    now = timezone.now()
    leases = Lease.objects.filter(task_id=task.id, subject=subject, example_id=example_id)
    return bool(
        leases.update(draft=draft, touched=True, expires_at=_expiry(task, now), active_at=now)
    )


@transaction.atomic
def release(task: Task, subject: UUID, example_ids: Collection[int]) -> int:
    """Give examples back that the annotator will not answer now; return how many."""
    leases = Lease.objects.filter(task_id=task.id, subject=subject, example_id__in=example_ids)
    return release_leases(list(leases.values_list("id", flat=True)))


_FREE_SLOTS = """
WITH gone AS (
  DELETE FROM worker_queue_lease WHERE id IN (
    SELECT id FROM worker_queue_lease WHERE {which} FOR UPDATE SKIP LOCKED)
  RETURNING task_id, example_id),
freed AS (SELECT task_id, example_id, count(*) AS slots FROM gone GROUP BY 1, 2)
UPDATE worker_queue_queueitem item SET open_slots =
  least(item.open_slots + freed.slots, item.missing)
FROM freed WHERE item.task_id = freed.task_id AND item.example_id = freed.example_id
"""


def release_leases(lease_ids: list[int]) -> int:
    """End leases without an answer; their slots are free again."""
    return _execute(_FREE_SLOTS.format(which="id = ANY(%(ids)s)"), {"ids": lease_ids})


def return_expired(task_id: UUID, *, now: datetime) -> int:
    """End the leases of a task that have run out. One being saved right now is left."""
    which = "task_id = %(task)s AND expires_at < %(now)s"
    return _execute(_FREE_SLOTS.format(which=which), {"task": task_id, "now": now})


_COMPLETE = """
WITH gone AS (
  DELETE FROM worker_queue_lease
  WHERE task_id = %(task)s AND subject = %(subject)s AND example_id = %(example)s RETURNING 1)
UPDATE worker_queue_queueitem SET missing = missing - 1
WHERE task_id = %(task)s AND example_id = %(example)s AND missing > 0 AND EXISTS (SELECT FROM gone)
RETURNING missing, lane
"""

_COMPLETE_FREE = """
UPDATE worker_queue_queueitem SET missing = missing - 1, open_slots = open_slots - 1
WHERE task_id = %(task)s AND example_id = %(example)s AND open_slots > 0 AND missing > 0
RETURNING missing, lane
"""

_COMPLETE_INSTEAD = """
WITH gone AS (
  DELETE FROM worker_queue_lease WHERE id = (
    SELECT id FROM worker_queue_lease WHERE task_id = %(task)s AND example_id = %(example)s
    ORDER BY touched, id LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING 1)
UPDATE worker_queue_queueitem SET missing = missing - 1
WHERE task_id = %(task)s AND example_id = %(example)s AND missing > 0 AND EXISTS (SELECT FROM gone)
RETURNING missing, lane
"""


def complete(task: Task, example_id: int, subject: UUID) -> Completion:
    """Use up a slot of the example for an answer that was just written, in its transaction.

    Usually the annotator's own lease; if that has run out, a free slot; else the slot of somebody
    who holds the example and has not answered: whoever answers first is kept.
    Raises: LeaseLost (customer) when every slot has its answer.
    """
    values: dict[str, Any] = {"task": task.id, "subject": subject, "example": example_id}
    for statement in (_COMPLETE, _COMPLETE_FREE, _COMPLETE_INSTEAD):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            row = cursor.fetchone()
        if row is not None:
            return Completion(finished=row[0] == 0, lane=Lane(row[1]))
    raise LeaseLost()


_TAKE_TURN = """
SELECT pg_advisory_xact_lock(hashtextextended(%(turn)s, 0)),
  EXISTS (SELECT FROM worker_queue_lease WHERE task_id = %(task)s AND expires_at < %(now)s)
"""


def _take_turn(task_id: UUID, subject: UUID, now: datetime) -> bool:
    """Wait for the annotator's other requests; return whether leases of the task have run out.

    Two requests of one annotator do not see each other's new leases: both would claim a slot.
    """
    values = {"turn": f"lease:{task_id}:{subject}", "task": task_id, "now": now}
    [(_, has_expired)] = run_prepared(_TAKE_TURN, values)
    return bool(has_expired)


def _expiry(task: Task, now: datetime) -> datetime:
    return now + timedelta(seconds=task.lease_seconds)


def _values(task: Task, subject: UUID, count: int, now: datetime) -> dict[str, Any]:
    return {
        "task": task.id,
        "subject": subject,
        "count": count,
        "now": now,
        "expires": _expiry(task, now),
    }


def _leases(statement: str, values: dict[str, Any]) -> list[Lease]:
    return [
        Lease.from_db("default", _LEASE, (*row, orjson.loads(draft) if draft else None))
        for *row, draft in run_prepared(statement, values)
    ]


def _order_of_serving(lease: Lease) -> int:
    return lease.id


def _execute(statement: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
