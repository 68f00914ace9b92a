"""`python -m worker ledger …`: read and verify what was sent."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from django.db import connection, transaction
from rich.console import Console
from rich.table import Table

from common.errors import AnnexError, Family
from worker.link.keys import enrolled_state
from worker.link.ledger import find_flaws
from worker.link.models import Ledger, LedgerReceipt

app = typer.Typer(no_args_is_help=True, add_completion=False)
console = Console()


class LedgerBroken(AnnexError):
    """The ledger is not as it was written."""

    code = "ledger.broken"
    family = Family.CUSTOMER
    status = 409
    title = "The ledger does not verify"
    what_to_do = "Somebody changed rows of the ledger; look at the rows named above."


@app.command()
def verify() -> None:
    """Check every row's hash, chain and signature, and every receipt."""
    with one_moment():
        rows = Ledger.objects.order_by("seq").iterator(chunk_size=500)
        receipts = LedgerReceipt.objects.order_by("ledger_seq").iterator(chunk_size=500)
        flaws = list(find_flaws(rows, receipts, enrolled_state().public_key))
        counts = Ledger.objects.count(), LedgerReceipt.objects.count()
    for flaw in flaws:
        console.print(f"row {flaw.seq}: {flaw.reason}")
    if flaws:
        raise LedgerBroken(f"{len(flaws)} flaws.")
    console.print(f"{counts[0]} rows and {counts[1]} receipts verify.")


@contextmanager
def one_moment() -> Iterator[None]:
    """See rows and receipts as of one moment: the link goes on writing both while we read."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@app.command()
def show(seq: Annotated[int, typer.Argument(help="Number of the row.")]) -> None:
    """Print one row with its body."""
    row = Ledger.objects.filter(seq=seq).first()
    if row is None:
        raise typer.BadParameter(f"There is no row {seq}.")
    console.print_json(json.dumps(as_json(row)))


@app.command()
def stats() -> None:
    """Count rows, bytes and events by path."""
    rows, sizes, events = Counter[str](), Counter[str](), Counter[str]()
    for row in Ledger.objects.order_by("seq").iterator(chunk_size=500):
        # Every claim has a path of its own; its job's id is not a kind of request.
        path = "/link/v1/jobs/…/claim" if row.path.endswith("/claim") else row.path
        rows[path] += 1
        sizes[path] += len(bytes(row.body))
        events[path] += row.events
    table = Table("path", "rows", "bytes", "events")
    for path in sorted(rows):
        table.add_row(path, str(rows[path]), str(sizes[path]), str(events[path]))
    console.print(table)


@app.command()
def export() -> None:
    """Write the whole ledger to standard output, one JSON object a line, receipts after rows."""
    with one_moment():
        for line in export_lines():
            sys.stdout.write(json.dumps(line, sort_keys=True) + "\n")


def export_lines() -> Iterator[dict[str, Any]]:
    """Yield what an outside verifier needs: the public key, the rows, the receipts."""
    yield {"public_key": enrolled_state().public_key}
    for row in Ledger.objects.order_by("seq").iterator(chunk_size=500):
        yield as_json(row)
    for receipt in LedgerReceipt.objects.order_by("ledger_seq").iterator(chunk_size=500):
        names = ("ledger_seq", "accepted_seq", "head", "key_id", "public_key", "signature")
        yield {name: getattr(receipt, name) for name in names}


def as_json(row: Ledger) -> dict[str, Any]:
    """Return a row as JSON can hold it; the body is the text that was sent."""
    names = ("seq", "at", "method", "path", "session", "number", "events", "body_sha256", "prev")
    fields = {name: getattr(row, name) for name in (*names, "head", "signature")}
    return fields | {"body": bytes(row.body).decode()}
