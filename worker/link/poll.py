"""The poll loop: fetch commands, store them, claim what is offered, ring Celery."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from annex.contract.inbound import Grant, JobOffer, PollAnswer
from annex.contract.keys import BadSignature
from annex.contract.outbound import ClaimRequest, PollRequest

from worker.link.client import LinkClient
from worker.link.errors import LinkInterrupted, LinkRefused
from worker.link.inbox import (
    accept_grant,
    free_slots,
    let_offer_lapse,
    store_commands,
    waiting_offers,
)
from worker.link.models import Inbox, LinkState
from worker.link.session import POLL_PATH

log = structlog.get_logger(__name__)


@dataclass
class Poller:
    """Fetches commands; `look` may be called from several threads.

    `poll_origin` is where the long poll is served; `doorbell` rings Celery's inbox task.
    """

    client: LinkClient
    poll_origin: str
    poll_seconds: int
    doorbell: Callable[[], None]
    _storing: threading.Lock = field(default_factory=threading.Lock)

    def step(self) -> None:
        """Wait for commands once. Raises: LinkInterrupted, LinkRefused, SessionEnded."""
        self.look(self.poll_seconds)

    def look(self, wait_seconds: int) -> None:
        """Ask for commands, waiting up to `wait_seconds`, and take in what came."""
        request = PollRequest(
            after=LinkState.objects.values_list("cursor", flat=True).get(id=1),
            wait_seconds=wait_seconds,
            free_slots=free_slots(),
        )
        answer = self.client.post(
            POLL_PATH,
            request,
            PollAnswer,
            wait_seconds=wait_seconds,
            origin=self.poll_origin,
        )
        with self._storing:
            self._take_in(answer)

    def _take_in(self, answer: PollAnswer) -> None:
        now = int(time.time()) + self.client.offset_seconds
        try:
            stored = store_commands(answer.commands, now=now)
        except BadSignature:
            log.error("commands without our control plane's signature were refused")
            raise LinkInterrupted("A command was not signed by the pinned key.") from None
        claimed = self.claim_offers()
        if stored or claimed:
            self.doorbell()

    def claim_offers(self) -> int:
        """Claim waiting offers as far as there is room; return how many were granted."""
        return sum(self._claim(row, offer) for row, offer in waiting_offers() if free_slots() > 0)

    def _claim(self, row: Inbox, offer: JobOffer) -> bool:
        try:
            path = f"/link/v1/jobs/{offer.job}/claim"
            grant = self.client.post(path, ClaimRequest(epoch=offer.epoch), Grant)
        except LinkRefused as refusal:
            if refusal.passes:
                raise
            let_offer_lapse(row)
            return False
        accept_grant(row, offer, grant)
        return True
