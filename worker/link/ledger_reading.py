"""Reading the ledger a page at a time: for people, for the picture, for a check with progress."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from annex.contract.leaves import MAX_COUNT
from django.db import connection, transaction
from django.db.models import Count, Sum

from worker.link.keys import enrolled_state
from worker.link.ledger import Flaw, Mark, find_flaws
from worker.link.models import Ledger, LedgerReceipt

EPOCH: Final = date(1970, 1, 1)
PAGE_ROWS: Final = 50
STEP_ROWS: Final = 2_000
"""About a third of a second of a check."""
MOST_FLAWS: Final = 50
ROW_FIELDS: Final = (
    *("seq", "at", "method", "path", "session", "number", "events"),
    *("body_sha256", "prev", "head", "signature"),
)
RECEIPT_FIELDS: Final = (
    *("ledger_seq", "accepted_seq", "head", "key_id", "public_key", "signature"),
)


def ledger_page(*, before: int | None, kind: str, day: date | None) -> list[Ledger]:
    """Return rows below `before`, newest first, one more than a page when there are more.

    Bodies are not read: a row tells how large its body is.
    """
    rows = Ledger.objects.defer("body").order_by("-seq")
    if before is not None:
        rows = rows.filter(seq__lt=before)
    if kind:
        rows = rows.filter(kind=kind)
    if day is not None:
        rows = rows.filter(day=day_number(day), **_bounds_of(day_number(day)))
    return list(rows[: PAGE_ROWS + 1])


def _bounds_of(day: int) -> dict[str, int]:
    """Return between which numbers a day's rows lie; else every newer row would be read first."""
    by_day = Ledger.objects.order_by("day", "seq").values_list("seq", flat=True)
    first, last = by_day.filter(day__gte=day).first(), by_day.filter(day__lte=day).last()
    return {"seq__gte": first or MAX_COUNT, "seq__lte": last or 0}


def day_number(day: date) -> int:
    """Return how many days after 1970-01-01 a day is, as the ledger counts them."""
    return (day - EPOCH).days


def receipted(rows: list[Ledger]) -> set[int]:
    """Return the numbers of those rows for which there is a receipt."""
    receipts = LedgerReceipt.objects.filter(ledger_seq__in=[row.seq for row in rows])
    return set(receipts.values_list("ledger_seq", flat=True))


def sums_since(day: date) -> list[dict[str, Any]]:
    """Return `{day, kind, rows, bytes, events}` for each day from `day` on and each kind."""
    sums = (
        Ledger.objects.filter(day__gte=day_number(day))
        .values("day", "kind")
        .annotate(rows=Count("seq"), bytes=Sum("size_bytes"), events=Sum("events"))
        .order_by("day", "kind")
    )
    return [{**row, "day": EPOCH + timedelta(days=row["day"])} for row in sums]


def last_number() -> int:
    """Return the number of the newest row, 0 of an empty ledger."""
    return Ledger.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def kinds() -> list[str]:
    """Return the kinds that occur, each found by one step through the index."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS)
        return [kind for (kind,) in cursor.fetchall()]


_KINDS = """
WITH RECURSIVE step AS (
  (SELECT kind FROM worker_link_ledger ORDER BY kind LIMIT 1)
  UNION ALL
  SELECT (SELECT kind FROM worker_link_ledger WHERE kind > step.kind ORDER BY kind LIMIT 1)
  FROM step WHERE step.kind IS NOT NULL)
SELECT kind FROM step WHERE kind IS NOT NULL
"""


@dataclass(frozen=True)
class Checked:
    """What one step of a check found; `mark` is where the next one starts."""

    mark: Mark
    rows: int
    receipts: int
    flaws: list[Flaw]


def check_until() -> int:
    """Return the number up to which a check that begins now should go.

    A receipt for a row that is not there any more counts: its tail was cut off.
    """
    newest = LedgerReceipt.objects.order_by("-ledger_seq").values_list("ledger_seq", flat=True)
    return max(last_number(), newest.first() or 0)


def check_step(start: Mark, until: int) -> Checked:
    """Check the rows after `start` up to `until`, at most STEP_ROWS, and their receipts.

    The head of `start` comes from the step before, so that nothing can be changed between two.
    """
    rows = list(
        Ledger.objects.filter(seq__gt=start.seq, seq__lte=until).order_by("seq")[:STEP_ROWS]
    )
    is_last = len(rows) < STEP_ROWS
    mark = Mark(rows[-1].seq, rows[-1].head) if rows else start
    receipts = LedgerReceipt.objects.filter(ledger_seq__gt=start.seq).order_by("ledger_seq")
    # The last step also takes receipts of rows that are not there.
    receipts = receipts.filter(ledger_seq__lte=until if is_last else mark.seq)
    flaws = find_flaws(rows, receipts.iterator(), enrolled_state().public_key, start)
    found = list(islice(flaws, MOST_FLAWS))
    return Checked(mark, len(rows), receipts.count(), found)


@contextmanager
def one_moment() -> Iterator[None]:
    """See rows and receipts as of one moment: the link goes on writing both while we read."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def export_lines() -> Iterator[dict[str, Any]]:
    """Yield what an outside verifier needs: who signs, the rows, the receipts."""
    state = enrolled_state()
    yield {"cluster": str(state.cluster), "public_key": state.public_key}
    for row in Ledger.objects.order_by("seq").iterator(chunk_size=500):
        yield as_json(row)
    for receipt in LedgerReceipt.objects.order_by("ledger_seq").iterator(chunk_size=500):
        yield {name: getattr(receipt, name) for name in RECEIPT_FIELDS}


def as_json(row: Ledger) -> dict[str, Any]:
    """Return a row as JSON can hold it; the body is the text that was sent."""
    return {name: getattr(row, name) for name in ROW_FIELDS} | {"body": bytes(row.body).decode()}
