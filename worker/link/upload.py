"""The upload loop: number events, send them in order, keep the receipt, forget what is accepted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog
from annex.contract.canonical import canonical_bytes
from annex.contract.inbound import Receipt
from annex.contract.keys import BadSignature
from annex.contract.outbound import (
    MAX_BATCH_BYTES,
    MAX_EVENTS_PER_BATCH,
    Event,
    EventBatch,
)

from worker.link.client import LinkClient
from worker.link.errors import LinkInterrupted, LinkRefused
from worker.link.ledger import keep_receipt
from worker.link.models import LinkState
from worker.link.outbox import (
    drop_accepted,
    first_unaccepted,
    has_urgent,
    seal,
    sealed_events,
)

log = structlog.get_logger(__name__)
ENVELOPE_BYTES: Final = 1024
"""Room for everything in a batch beside its events."""
PROGRESS_SECONDS: Final = 1.0


@dataclass
class Uploader:
    """Sends the outbox. `clock` is monotonic, in seconds."""

    client: LinkClient
    clock: Callable[[], float] = time.monotonic
    sealed_at: float = 0.0

    def step(self) -> int:
        """Send one batch if there is one; return how many events were accepted.

        Raises: LinkInterrupted, LinkRefused, SessionEnded.
        """
        self._seal()
        first = first_unaccepted()
        events = fitting(sealed_events(first, MAX_EVENTS_PER_BATCH))
        if not events:
            return 0
        try:
            self._send(events)
        except LinkRefused as refusal:
            return self._resume(refusal, first)
        return len(events)

    def _seal(self) -> None:
        """Number what is new; mere progress at most once a second, so that it is replaced first."""
        now = self.clock()
        if has_urgent() or now - self.sealed_at >= PROGRESS_SECONDS:
            seal(MAX_EVENTS_PER_BATCH)
            self.sealed_at = now

    def _send(self, events: list[Event]) -> None:
        def build(prev: str) -> EventBatch:
            return EventBatch(
                session_epoch=self.client.session,
                first_seq=events[0].seq,
                prev_hash=prev,
                events=events,
            )

        row = self.client.record("POST", "/link/v1/events", build, events=len(events))
        receipt = self.client.send(row, Receipt)
        state = LinkState.objects.get(id=1)
        try:
            keep_receipt(row, receipt, state.command_key)
        except BadSignature:
            log.error("a receipt without our control plane's signature was refused")
            raise LinkInterrupted("A receipt was not signed by the pinned key.") from None
        drop_accepted(receipt.accepted_seq)

    def _resume(self, refusal: LinkRefused, first: int) -> int:
        """After a gap go on where the control plane says, if those events still exist."""
        expected = refusal.problem.get("expected")
        if refusal.problem_code != "events.gap" or not isinstance(expected, int):
            raise refusal
        if expected <= first:
            log.error("the control plane asks for events it has signed for", seq=expected)
            raise refusal
        return drop_accepted(expected - 1)


def fitting(events: list[Event]) -> list[Event]:
    """Return the longest head of `events` that fits into one batch; at least one event."""
    size = ENVELOPE_BYTES
    kept: list[Event] = []
    for event in events:
        size += len(canonical_bytes(event)) + 1
        if kept and size > MAX_BATCH_BYTES:
            break
        kept.append(event)
    return kept
