"""`python -m worker ledger …`: read and verify what was sent."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from common.errors import AnnexError, Family
from worker.link.keys import enrolled_state
from worker.link.ledger import find_flaws
from worker.link.ledger_reading import as_json, export_lines, one_moment
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
