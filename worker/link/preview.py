"""What the link would send now: built by the same code, in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

from annex.contract.leaves import Message
from annex.contract.manifest import PROTOCOLS
from annex.contract.outbound import (
    MAX_EVENTS_PER_BATCH,
    EventBatch,
    HeldJob,
    PollRequest,
    RenewRequest,
    SessionRequest,
)
from annex.contract.signing import GENESIS
from django.db import transaction
from pydantic import JsonValue

from worker.link.commands import allowed_recipes
from worker.link.inbox import free_slots
from worker.link.models import Ledger, LinkLease, LinkState
from worker.link.outbox import first_unaccepted, seal, sealed_events
from worker.link.session import POLL_PATH, SESSION_PATH
from worker.link.upload import fitting
from worker.link.version import WORKER_VERSION


def pending_bodies() -> list[tuple[str, JsonValue]]:
    """Return (path, body) of each request the link would make now. Effects: none."""
    with transaction.atomic():
        bodies: list[tuple[str, JsonValue]] = [
            (path, body.model_dump(mode="json")) for path, body in _messages()
        ]
        transaction.set_rollback(True)
    return bodies


def _messages() -> Iterator[tuple[str, Message]]:
    state = LinkState.objects.filter(id=1).first() or LinkState(id=1)
    yield (
        SESSION_PATH,
        SessionRequest(
            session_epoch=state.session_epoch,
            protocols=list(PROTOCOLS),
            recipes=allowed_recipes(),
            worker_version=WORKER_VERSION,
            next_event=first_unaccepted(),
        ),
    )
    yield POLL_PATH, PollRequest(after=state.cursor, wait_seconds=25, free_slots=free_slots())
    leases = LinkLease.objects.filter(ended=False)
    held = [HeldJob(job=lease.job, job_epoch=lease.epoch) for lease in leases]
    if held:
        yield "/link/v1/leases/renew", RenewRequest(held=held)
    yield from _batches(state.session_epoch)


def _batches(session_epoch: int) -> Iterator[tuple[str, Message]]:
    last = Ledger.objects.order_by("-seq").first()
    while seal(MAX_EVENTS_PER_BATCH):
        continue
    first = first_unaccepted()
    while events := fitting(sealed_events(first, MAX_EVENTS_PER_BATCH)):
        yield (
            "/link/v1/events",
            EventBatch(
                session_epoch=session_epoch,
                first_seq=first,
                prev_hash=last.head if last else GENESIS,
                events=events,
            ),
        )
        first = events[-1].seq + 1
