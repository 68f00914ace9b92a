"""`python -m worker …`: the worker's command line.

Each room that has commands keeps them in a `cli.py` with a Typer named `app`. Only the room that
was asked for is loaded, and with the database role that room is meant to have.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from common.command_line import run_django, run_reporting


@dataclass(frozen=True)
class Room:
    """A group of commands: where it lives, its database role and what it is for."""

    module: str
    role: str
    sentence: str


ROOMS = {
    "link": Room(
        "worker.link.cli", "link", "Talk to the control plane, or see what would be said."
    ),
    "ledger": Room("worker.link.ledger_cli", "link", "Read and verify what was sent."),
    "people": Room("worker.people.cli", "worker", "Approve, unlock and remove people."),
    "jobs": Room("worker.jobs.cli", "worker", "Run and inspect attempts."),
    "packages": Room("worker.published.cli", "worker", "See and approve packages of recipes."),
    "evaluate": Room(
        "worker.workbench.cli", "worker", "Measure a predictor here, and fail when it falls short."
    ),
}
OWNER_COMMANDS = {"migrate"}

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The Annex worker.")


@app.command()
def web() -> None:
    """Serve the annotation app, the data pages and downloads."""
    from common.server import become, wsgi_argv
    from worker.settings.environment import WEB_BIND

    become(wsgi_argv("worker.wsgi:application", WEB_BIND.read()))


@app.command()
def celery() -> None:
    """Run jobs: a Celery worker with the beat that rings the sweeper."""
    from common.server import become, celery_argv
    from worker.settings.environment import BEAT_FILE, SLOTS

    schedule = BEAT_FILE.read()
    schedule.parent.mkdir(parents=True, exist_ok=True)
    # Two more than may run jobs, so that a cancel and the sweeper never wait behind a training.
    children = ["--concurrency", str(SLOTS.read() + 2)]
    argv = celery_argv("worker.celery", ["--beat", "--schedule", str(schedule), *children])
    # A stop must hand unfinished messages back to the broker, which only SIGQUIT does.
    become(argv, REMAP_SIGTERM="SIGQUIT")


@app.command()
def pack(
    folder: Annotated[Path, typer.Argument(help="Where to write; made if need be.")],
) -> None:
    """Write what a security review asks for: egress, flows, threats, settings, dependencies."""
    from worker.oversight.pack.build import write_pack

    for path in write_pack(folder):
        typer.echo(str(path))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def django(context: typer.Context) -> None:
    """Run a Django command, such as `django migrate`."""
    raise typer.Exit(run_django(["python -m worker django", *context.args]))


def choose_role(arguments: list[str]) -> None:
    """Set the database role that the command is meant to have, unless the caller set one."""
    first, second = [*arguments, "", ""][:2]
    role = ROOMS[first].role if first in ROOMS else "worker"
    if first == "django" and second in OWNER_COMMANDS:
        role = "owner"
    os.environ.setdefault("ANNEX_WORKER_DATABASE_ROLE", role)


def add_room(name: str, room: Room) -> None:
    """Load a room's commands, which need Django's models."""
    import django as django_package

    django_package.setup()
    app.add_typer(importlib.import_module(room.module).app, name=name, help=room.sentence)


def is_present(room: Room) -> bool:
    """Say whether the room has commands at all."""
    return importlib.util.find_spec(room.module) is not None


def main() -> int:
    """Run one command; an error of ours ends with prose and an exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "worker.settings.production")
    arguments = sys.argv[1:]
    choose_role(arguments)
    asked = arguments[0] if arguments else ""
    for name, room in ROOMS.items():
        if asked == name and is_present(room):
            code = run_reporting(lambda name=name, room=room: add_room(name, room))  # type: ignore[misc]
            if code:
                return code
        elif is_present(room):
            app.add_typer(typer.Typer(), name=name, help=room.sentence)
    return run_reporting(app)


if __name__ == "__main__":
    sys.exit(main())
