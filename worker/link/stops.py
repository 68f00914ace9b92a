"""Leases that must end: noted by the link, told to the rooms by Celery."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from annex.contract.inbound import JobCancel
from django.db import transaction

from worker.link.commands import run_handler, run_lost_handlers
from worker.link.models import LinkLease

LOST = "lost"
CANCEL = "cancel"
TOLD = "told"


def note_stops(jobs: Iterable[UUID], reason: str) -> int:
    """Mark running leases as to be stopped, once each; return how many are new."""
    running = LinkLease.objects.filter(job__in=list(jobs), ended=False, stop="")
    return running.update(stop=reason)


def tell_stops() -> int:
    """Tell the rooms that work on marked leases; return how many were told."""
    told = 0
    while _tell_next():
        told += 1
    return told


def _tell_next() -> bool:
    with transaction.atomic():
        marked = LinkLease.objects.filter(stop__in=[LOST, CANCEL], ended=False)
        lease = marked.select_for_update(skip_locked=True).order_by("job").first()
        if lease is None:
            return False
        _tell(lease)
        lease.ended = lease.ended or lease.stop == LOST
        lease.stop = TOLD
        lease.save(update_fields=["stop", "ended"])
        return True


def _tell(lease: LinkLease) -> None:
    if lease.stop == CANCEL:
        run_handler(uuid4(), JobCancel(job=lease.job))
    else:
        run_lost_handlers(lease.job, lease.epoch)
