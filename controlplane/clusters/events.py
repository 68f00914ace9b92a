"""Events in: gapless, in order, each in effect once.

Rooms register what an event does. A handler runs inside the tenant's transaction, in a savepoint
of its own: an event that means nothing here (a deleted task, another organization's id) is
recorded as ignored and does not hold up those behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import structlog
from annex.contract.canonical import digest_of
from annex.contract.inbound import Receipt
from annex.contract.leaves import Message
from annex.contract.outbound import Event, EventBatch
from annex.contract.signing import sign_receipt
from django.db import InterfaceError, OperationalError, transaction

from common.errors import AnnexError, Family
from controlplane.audit.actions import record_for_cluster
from controlplane.clusters.errors import EventsGap, EventsRewritten
from controlplane.clusters.keys import command_key
from controlplane.clusters.models import Cluster, EventOutcome, ReceivedEvent
from controlplane.lib.tenancy import tenant

B = TypeVar("B", bound=Message)
EventHandler = Callable[[Cluster, Any], None]
log = structlog.get_logger(__name__)

_handlers: dict[type[Message], list[EventHandler]] = {}


def on_event(
    body: type[B],
) -> Callable[[Callable[[Cluster, B], None]], Callable[[Cluster, B], None]]:
    """Register `def apply(cluster, event) -> None` for one event body; call it from `ready()`.

    The event comes from a cluster of the active organization, and nothing else about it is known:
    every id in it is an outside id. Raise NotFound, or any AnnexError, for what is not its own.
    """

    def register(handler: Callable[[Cluster, B], None]) -> Callable[[Cluster, B], None]:
        registered = _handlers.setdefault(body, [])
        if handler not in registered:
            registered.append(handler)
        return handler

    return register


def receive_events(
    *, organization_id: UUID, cluster_id: UUID, batch: EventBatch, head: str
) -> Receipt:
    """Apply what is new, skip what is known, and sign for it.

    Args:   head: the cluster's ledger head after this batch.
    Raises: EventsGap with the number expected; EventsRewritten, which also leaves an audit row.
    """
    with tenant(organization_id):
        cluster = Cluster.objects.select_for_update(no_key=True).get(id=cluster_id)
        rewritten = _find_rewritten(cluster, batch)
        if rewritten:
            _raise_alarm(cluster)
        else:
            _apply_batch(cluster, batch)
            cluster.ledger_head = head
            cluster.save(update_fields=["next_event", "ledger_head"])
    if rewritten:
        raise EventsRewritten
    return sign_receipt(command_key(), cluster.next_event - 1, head)


def _find_rewritten(cluster: Cluster, batch: EventBatch) -> bool:
    known = dict(
        ReceivedEvent.objects.filter(
            cluster=cluster, seq__in=[event.seq for event in batch.events]
        ).values_list("seq", "digest")
    )
    return any(known.get(e.seq, digest) != digest for e, digest in _digests(batch))


def _digests(batch: EventBatch) -> list[tuple[Event, str]]:
    return [(event, digest_of(event)) for event in batch.events]


def _apply_batch(cluster: Cluster, batch: EventBatch) -> None:
    received: list[ReceivedEvent] = []
    for event, digest in _digests(batch):
        if event.seq < cluster.next_event:
            continue
        if event.seq > cluster.next_event:
            raise EventsGap(expected=cluster.next_event)
        outcome = _apply(cluster, event)
        received.append(_received(cluster, event, digest, outcome))
        cluster.next_event += 1
    ReceivedEvent.objects.bulk_create(received)


def _received(cluster: Cluster, event: Event, digest: str, outcome: EventOutcome) -> ReceivedEvent:
    """Keep the body only where its effect is still to come."""
    failed = outcome is EventOutcome.FAILED
    return ReceivedEvent(
        organization_id=cluster.organization_id,
        cluster=cluster,
        seq=event.seq,
        type=event.body.type,
        digest=digest,
        at=event.at,
        outcome=outcome,
        body=event.body.model_dump(mode="json") if failed else None,
    )


def _apply(cluster: Cluster, event: Event) -> EventOutcome:
    try:
        with transaction.atomic():
            for handler in _handlers.get(type(event.body), ()):
                handler(cluster, event.body)
    except (OperationalError, InterfaceError):
        # A lost connection or a deadlock passes: the link sends the batch again.
        raise
    except Exception as error:
        if isinstance(error, AnnexError) and error.family is not Family.OURS:
            log.info("an event had no effect", kind=event.body.type, code=error.code)
            return EventOutcome.IGNORED
        # One defect must not cut the line to a whole cluster: keep the body and go on.
        log.exception("an event could not be applied", kind=event.body.type, seq=event.seq)
        return EventOutcome.FAILED
    return EventOutcome.APPLIED


def _raise_alarm(cluster: Cluster) -> None:
    log.error("a cluster rewrote accepted events", cluster=str(cluster.id))
    record_for_cluster(
        organization_id=cluster.organization_id,
        cluster_id=cluster.id,
        verb="cluster.events_rewritten",
        noun="cluster",
        noun_id=cluster.id,
    )
