"""The transactional outbox: a fact is written in the transaction that made it true.

`emit` only inserts, so that no two savers of answers wait for each other. Numbers are given by the
one uploader (`seal`), gapless and in order, at the moment an event can no longer be replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog
from annex.contract.enums import TERMINAL_STATES
from annex.contract.leaves import Message
from annex.contract.outbound import (
    EVENTS,
    AnnotatorProgressed,
    ClusterHealth,
    DatasetChanged,
    Event,
    EventBody,
    JobProgressed,
    JobStateChanged,
    TaskProgressed,
)
from django.db import connection, transaction
from django.utils import timezone

from worker.link.models import LinkLease, OutboxCounter, OutboxEvent
from worker.link.wakeups import OUTBOX, SLOTS, ring

log = structlog.get_logger(__name__)

KEY_OF: Final[dict[type[Message], Callable[..., str]]] = {
    JobProgressed: lambda body: f"job:{body.job}",
    DatasetChanged: lambda body: f"dataset:{body.dataset}",
    TaskProgressed: lambda body: f"task:{body.task}",
    AnnotatorProgressed: lambda body: f"annotator:{body.task}:{body.annotator}",
    ClusterHealth: lambda body: "health",
}
"""Kinds of which only the newest per key matters; every other event is kept and sent."""


MOST_WAITING_TIME: Final = timedelta(days=7)
MOST_WAITING_EVENTS: Final = 1_000_000
"""About a gigabyte. Beyond either the cluster takes no more jobs; annotation goes on."""


class NotAnEvent(TypeError):
    """Something that is no registered event was to be sent; it is not."""


def emit(body: EventBody) -> None:
    """Record an event for the control plane, in the caller's transaction.

    Of the kinds in KEY_OF an unsent predecessor with the same key is replaced.
    Effects: one outbox row; the uploader is rung after commit; a terminal state ends the lease.
    Raises:  NotAnEvent (ours) for anything that is not one of the contract's events.
    """
    if type(body) not in EVENTS:
        raise NotAnEvent(type(body).__name__)
    key_of = KEY_OF.get(type(body))
    key = f"{body.type}:{key_of(body)}" if key_of else ""
    with transaction.atomic():
        if key:
            _drop_unsent(key)
        OutboxEvent.objects.create(kind=body.type, key=key, body=body.model_dump(mode="json"))
        _end_lease(body)
        transaction.on_commit(lambda: ring(OUTBOX), robust=True)


def _drop_unsent(key: str) -> None:
    # SKIP LOCKED: a predecessor that another transaction is replacing is that transaction's.
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM worker_link_outboxevent WHERE id IN (SELECT id FROM"
            " worker_link_outboxevent WHERE key = %s AND seq IS NULL FOR UPDATE SKIP LOCKED)",
            [key],
        )


def _end_lease(body: EventBody) -> None:
    if isinstance(body, JobStateChanged) and body.state in TERMINAL_STATES:
        LinkLease.objects.filter(job=body.job, epoch=body.job_epoch).update(ended=True)
        transaction.on_commit(lambda: ring(SLOTS), robust=True)


def seal(limit: int) -> int:
    """Give numbers to up to `limit` unsent events, oldest first, and return how many got one.

    Of several with one key only the newest gets a number; the rest are dropped.
    """
    with transaction.atomic():
        OutboxCounter.objects.bulk_create([OutboxCounter(id=1)], ignore_conflicts=True)
        counter = OutboxCounter.objects.select_for_update().get(id=1)
        unsent = list(
            OutboxEvent.objects.filter(seq=None)
            .order_by("id")
            .select_for_update(skip_locked=True)[:limit]
        )
        newest = {row.key: row.id for row in unsent if row.key}
        kept = [row for row in unsent if newest.get(row.key, row.id) == row.id]
        for seq, row in enumerate(kept, start=counter.next_seq):
            row.seq = seq
        OutboxEvent.objects.bulk_update(kept, ["seq"])
        OutboxEvent.objects.filter(
            id__in={row.id for row in unsent} - {r.id for r in kept}
        ).delete()
        counter.next_seq += len(kept)
        counter.save(update_fields=["next_seq"])
    return len(kept)


def has_urgent() -> bool:
    """Say whether an unsent event waits that no later one may replace."""
    return OutboxEvent.objects.filter(seq=None, key="").exists()


def sealed_events(first_seq: int, limit: int) -> list[Event]:
    """Return numbered events from `first_seq` on, in order."""
    rows = OutboxEvent.objects.filter(seq__gte=first_seq).order_by("seq")[:limit]
    return [Event.model_validate({"seq": r.seq, "at": r.at, "body": r.body}) for r in rows]


def first_unaccepted() -> int:
    """Return the number of the oldest event not yet accepted: the next one when all are."""
    oldest = OutboxEvent.objects.exclude(seq=None).order_by("seq").first()
    if oldest is not None and oldest.seq is not None:
        return oldest.seq
    counter = OutboxCounter.objects.filter(id=1).first()
    return counter.next_seq if counter else 1


def drop_accepted(up_to_seq: int) -> int:
    """Forget events the control plane has accepted; the ledger keeps their bodies."""
    return OutboxEvent.objects.filter(seq__lte=up_to_seq).delete()[0]


def is_full() -> bool:
    """Say whether so much waits, or for so long, that no new job should add to it."""
    # By id, which is the order in which they came; neither look reads more than it must.
    waiting = OutboxEvent.objects.order_by("id")
    oldest = waiting.values_list("at", flat=True).first()
    too_old = oldest is not None and oldest < timezone.now() - MOST_WAITING_TIME
    return too_old or waiting.values("id")[MOST_WAITING_EVENTS:].exists()


def waiting_count() -> int:
    """Return how many events have not been accepted yet."""
    return OutboxEvent.objects.count()
