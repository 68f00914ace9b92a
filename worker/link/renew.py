"""The renewal loop: keep leases, notice what is lost or cancelled, report health."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from annex.contract.enums import LeaseClass
from annex.contract.inbound import RenewAnswer
from annex.contract.outbound import ClusterHealth, HeldJob, RenewRequest

from worker.link.client import LinkClient
from worker.link.errors import LinkInterrupted, LinkRefused
from worker.link.inbox import free_slots
from worker.link.models import Ledger, LinkLease
from worker.link.outbox import emit, waiting_count
from worker.link.stops import CANCEL, LOST, note_stops
from worker.link.version import WORKER_VERSION

GONE_AFTER_SECONDS: Final = 90.0
"""After the start of the last good renewal, monotonic; the control plane waits longer."""


@dataclass
class Renewer:
    """Renews all leases in one request.

    `doorbell` rings Celery's stops task. `clock` is monotonic, in seconds.
    """

    client: LinkClient
    doorbell: Callable[[], None]
    clock: Callable[[], float] = time.monotonic
    renewed: dict[tuple[UUID, int], float] = field(default_factory=dict)

    def step(self) -> None:
        """Renew once; strict leases that could not be renewed in time are given up.

        Raises: LinkInterrupted, LinkRefused, SessionEnded.
        """
        leases = list(LinkLease.objects.filter(ended=False))
        self._watch(leases)
        try:
            self._renew(leases)
        except (LinkInterrupted, LinkRefused):
            self._give_up_expired(leases)
            raise
        self.report_health()

    def give_up(self) -> None:
        """Give up strict leases that nobody has renewed in time, without asking anybody."""
        leases = list(LinkLease.objects.filter(ended=False))
        self._watch(leases)
        self._give_up_expired(leases)

    def _watch(self, leases: list[LinkLease]) -> None:
        """Start the monotonic clock of leases that this process has not seen before."""
        now, wall = self.clock(), datetime.now(UTC)
        known = {(lease.job, lease.epoch): lease for lease in leases}
        for key, lease in known.items():
            age = max(timedelta(0), wall - lease.renewed_at).total_seconds()
            self.renewed.setdefault(key, now - age)
        self.renewed = {key: at for key, at in self.renewed.items() if key in known}

    def _renew(self, leases: list[LinkLease]) -> None:
        if not leases:
            return
        started = self.clock()
        held = [HeldJob(job=lease.job, job_epoch=lease.epoch) for lease in leases]
        answer = self.client.post("/link/v1/leases/renew", RenewRequest(held=held), RenewAnswer)
        kept = [lease for lease in leases if lease.job not in answer.lost]
        self.renewed.update({(lease.job, lease.epoch): started for lease in kept})
        jobs = [lease.job for lease in kept]
        LinkLease.objects.filter(job__in=jobs).update(renewed_at=datetime.now(UTC))
        if note_stops(answer.lost, LOST) + note_stops(answer.cancel, CANCEL):
            self.doorbell()

    def _give_up_expired(self, leases: list[LinkLease]) -> None:
        limit = self.clock() - GONE_AFTER_SECONDS
        expired = [
            lease.job
            for lease in leases
            if lease.lease_class == LeaseClass.STRICT
            and self.renewed[(lease.job, lease.epoch)] <= limit
        ]
        if note_stops(expired, LOST):
            self.doorbell()

    def report_health(self) -> None:
        """Put the cluster's health into the outbox; the newest replaces an unsent one."""
        running = LinkLease.objects.filter(ended=False).count()
        emit(
            ClusterHealth(
                version=WORKER_VERSION,
                free_slots=free_slots(),
                running_jobs=running,
                outbox_events=waiting_count(),
                ledger_rows=Ledger.objects.order_by("-seq").values_list("seq", flat=True).first()
                or 0,
            )
        )
