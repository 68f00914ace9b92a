"""The kill switch: while the line is cut, no row can enter the ledger, so nothing can be sent."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from worker.link.errors import LineIsCut
from worker.link.models import LineCut
from worker.link.wakeups import LINE, ring

LOCK = 0x6C656467
"""Held by whoever writes to the ledger, and by whoever cuts the line."""


def hold_ledger() -> None:
    """Take the ledger's lock until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def current_cut() -> LineCut | None:
    """Return the cut in force, or None while the line is whole."""
    return LineCut.objects.filter(restored_at=None).first()


def check_line() -> None:
    """Raises: LineIsCut."""
    if current_cut() is not None:
        raise LineIsCut


@transaction.atomic
def cut_line(*, by: str) -> LineCut:
    """Cut the line, until somebody restores it; return the cut in force.

    Effects: when this returns, no request can enter the ledger any more; the link is rung.
    """
    hold_ledger()
    cut = current_cut() or LineCut.objects.create(cut_at=timezone.now(), cut_by=by[:200])
    transaction.on_commit(lambda: ring(LINE), robust=True)
    return cut


@transaction.atomic
def restore_line(*, by: str) -> bool:
    """Let the link talk again; False when the line was whole."""
    hold_ledger()
    cuts = LineCut.objects.filter(restored_at=None)
    restored = cuts.update(restored_at=timezone.now(), restored_by=by[:200])
    transaction.on_commit(lambda: ring(LINE), robust=True)
    return bool(restored)
