"""`python -m worker link …`: enrol, run, look at what is or would be said."""

from __future__ import annotations

import getpass
import json
import os
import signal
import subprocess
import sys
from typing import Annotated

import typer
from annex.contract.enums import Role
from annex.contract.keys import fingerprint
from annex.contract.manifest import egress_manifest
from django.conf import settings
from rich.console import Console

from common.server import become
from worker.link.enrolment import enrol as enrol_cluster
from worker.link.keys import load_or_make_key
from worker.link.line import current_cut, cut_line, restore_line
from worker.link.models import Ledger, LinkLease, LinkState
from worker.link.outbox import waiting_count
from worker.link.preview import pending_bodies
from worker.link.run import make_link

app = typer.Typer(no_args_is_help=True, add_completion=False)
console = Console()


@app.command()
def enrol(
    url: Annotated[str, typer.Option(help="Origin of the control plane.")] = "",
    token: Annotated[str, typer.Option(help="The join token from the console.")] = "",
    approve: Annotated[
        bool, typer.Option("--approve", help="Also let the enrolling person sign in here.")
    ] = False,
) -> None:
    """Join a control plane; then compare the fingerprint with the one in the console."""
    answer = enrol_cluster(url=url or settings.CONTROL_PLANE, token=token)
    console.print(f"Enrolled as cluster {answer.cluster}.")
    console.print(f"Fingerprint: [bold]{answer.fingerprint}[/bold]")
    console.print("Confirm it in the console, then start the link: python -m worker link run")
    person = answer.enrolled_by
    if approve and person is not None:
        approve_person(str(person.subject), person.name, person.role)


def approve_person(subject: str, name: str, role: Role) -> None:
    """Approve the enrolling person's logins, as the role that may write people."""
    command = [sys.executable, "-m", "worker", "people", "approve", subject]
    command += ["--name", name, "--role", role.value]
    subprocess.run(command, check=True, env=_environment_of_the_worker_role())


def _environment_of_the_worker_role() -> dict[str, str]:
    return os.environ | {"ANNEX_WORKER_DATABASE_ROLE": "worker"}


@app.command()
def run(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be sent; send nothing.")
    ] = False,
) -> None:
    """Talk to the control plane until stopped."""
    if dry_run:
        show_pending()
        return
    link = make_link()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: link.stop())
    link.run()
    if link.was_cut:
        start_again()


def start_again() -> None:
    """Replace this process by itself, which waits for the line. Does not return.

    No socket and no thread outlives it, not even a poll that was waiting for its answer.
    """
    become([sys.executable, *sys.orig_argv[1:]])


@app.command()
def cut() -> None:
    """Stop talking to the control plane at once, until `link restore`; annotation goes on."""
    was_whole = current_cut() is None
    made = cut_line(by=getpass.getuser())
    if was_whole:
        note_access("line.cut")
    console.print(f"The line has been cut since {made.cut_at:%Y-%m-%d %H:%M:%S} UTC.")
    console.print(f"It was cut by {made.cut_by}. {waiting_count()} events wait.", markup=False)


@app.command()
def restore() -> None:
    """Talk to the control plane again; what has waited is sent in order."""
    was_cut = restore_line(by=getpass.getuser())
    if was_cut:
        note_access("line.restored")
    console.print("The line is whole again." if was_cut else "The line was not cut.")


def note_access(what: str) -> None:
    """Write into the access log, as the role that may; a cut holds even where that fails."""
    command = [sys.executable, "-m", "worker", "people", "note", what]
    noted = subprocess.run(command, check=False, env=_environment_of_the_worker_role())
    if noted.returncode:
        console.print("The access log could not be written from here; the line's history has it.")


def show_pending() -> None:
    """Print each body that the link would send now, one JSON object a line."""
    for path, body in pending_bodies():
        console.print_json(json.dumps({"path": path, "body": body}), indent=None)


@app.command()
def status() -> None:
    """Show what this cluster is to its control plane."""
    state = LinkState.objects.filter(id=1).first()
    ledger_rows = Ledger.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    figures = {
        "enabled": settings.LINK_ENABLED,
        "cut": current_cut() is not None,
        "control_plane": state.control_plane if state else None,
        "cluster": str(state.cluster) if state and state.cluster else None,
        "fingerprint": fingerprint(load_or_make_key().public_key),
        "session_epoch": state.session_epoch if state else 0,
        "last_answer_at": str(state.last_answer_at) if state and state.last_answer_at else None,
        "running_jobs": LinkLease.objects.filter(ended=False).count(),
        "outbox_events": waiting_count(),
        "ledger_rows": ledger_rows,
    }
    console.print_json(json.dumps(figures))


@app.command()
def manifest() -> None:
    """Print everything this worker can put on the wire: routes, headers, schemas."""
    sys.stdout.write(json.dumps(egress_manifest(), indent=2, sort_keys=True) + "\n")
