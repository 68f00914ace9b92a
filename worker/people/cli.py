"""`python -m worker people …`: the cluster's own key to who may come in."""

from __future__ import annotations

import getpass
import json
import platform
import uuid
from typing import Annotated

import typer
from annex.contract.enums import LoginOutcome, Role
from django.conf import settings
from django.db.models import Q
from rich.console import Console
from rich.table import Table

from common.errors import AnnexError, Family
from worker.people import actions
from worker.people.access_log import note_access
from worker.people.errors import LoginRefused
from worker.people.models import Subject, What

app = typer.Typer(no_args_is_help=True, add_completion=False)
Who = Annotated[str, typer.Argument(help="The code a person read out, or their subject id.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


class UnknownPerson(AnnexError):
    """Neither a code nor a subject id of this cluster."""

    code = "people.unknown"
    family = Family.CUSTOMER
    status = 404
    title = "This cluster knows no such person"
    what_to_do = "Look at `python -m worker people list`."


@app.command("list")
def list_people(as_json: AsJson = False) -> None:
    """List who has tried to come in, and who may."""
    rows = [_row(subject) for subject in Subject.objects.order_by("approved_at", "name")]
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row))
        return
    table = Table("code", "name", "asks for", "approved up to", "approved by", "subject")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)


@app.command()
def approve(
    who: Annotated[str, typer.Argument(help="Code or subject id.")] = "",
    role: Annotated[Role | None, typer.Option(help="Ceiling; default: what they ask for.")] = None,
    name: Annotated[str, typer.Option(help="Name of a subject never seen before.")] = "",
    everyone: Annotated[bool, typer.Option(help="All people of this cluster's projects.")] = False,
) -> None:
    """Turn the second key for a person, once."""
    by = _decider()
    if everyone == bool(who):
        raise typer.BadParameter("Give a code or subject id, or --everyone.")
    if everyone:
        approved = actions.approve_everyone(by=by)
    else:
        subject_id, known_as, asked = _person(who, name, role)
        approved = [actions.approve_subject(subject_id, name=known_as, role=role or asked, by=by)]
    for subject in approved:
        typer.echo(f"{subject.name}: approved up to {subject.approved_role}")


@app.command()
def revoke(who: Who) -> None:
    """Take the second key back and end the person's sessions and script logins."""
    subject = _subject(who)
    ended = actions.refuse_subject(subject, by=_decider())
    typer.echo(f"{subject.name}: no longer approved, {ended} logins ended")


@app.command()
def unlock(who: Who) -> None:
    """Make a one-time login link that works without the control plane, for ten minutes."""
    token = actions.make_unlock(_subject(who), by=_decider())
    typer.echo(f"{settings.WORKER_ORIGIN}/unlock/{token}")


@app.command("script-token")
def script_token(
    subject: Annotated[str, typer.Option(help="The code a person read out, or their subject id.")],
    laptop: Annotated[str, typer.Option(help="Where it is used; the person sees it.")] = "",
) -> None:
    """Make a token for a person's scripts, good for twelve hours, without a browser."""
    from worker.people.scripts.tokens import make_script_token

    person = _subject(subject)
    if not person.is_approved:
        raise LoginRefused("This person has not been approved.", what_to_do="Approve them first.")
    _, secret = make_script_token(
        person,
        laptop=laptop or platform.node(),
        actor=getpass.getuser(),
        outcome=LoginOutcome.UNLOCKED_LOCALLY,
    )
    typer.echo(secret)


@app.command(hidden=True)
def note(what: Annotated[What, typer.Argument(help="What the line's own commands did.")]) -> None:
    """Write into the access log what was done on the command line of a room that may not."""
    note_access(what, actor=getpass.getuser())


def _decider() -> actions.Decider:
    return actions.Decider(getpass.getuser())


def _subject(who: str) -> Subject:
    match = Q(code=who.upper())
    if subject_id := _read_uuid(who):
        match = Q(id=subject_id)
    subject = Subject.objects.filter(match).first()
    if subject is None:
        raise UnknownPerson()
    return subject


def _person(who: str, name: str, role: Role | None) -> tuple[uuid.UUID, str, Role]:
    """Return id, name and role of someone who has tried to come in, or is in a mirrored project.

    A subject never seen before (whoever enrols the cluster) needs a name and a role from here.
    """
    try:
        subject = _subject(who)
        return subject.id, subject.name, Role(subject.asked_role)
    except UnknownPerson:
        people = actions.mirrored_people()
        subject_id = _read_uuid(who)
        if subject_id is not None and subject_id in people:
            return subject_id, *people[subject_id]
        if subject_id is None or role is None or not name:
            raise
        return subject_id, name, role


def _read_uuid(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None


def _row(subject: Subject) -> dict[str, str]:
    return {
        "code": subject.code,
        "name": subject.name + (" (simulated)" if subject.simulated else ""),
        "asks_for": subject.asked_role,
        "approved_up_to": subject.approved_role or ("refused" if subject.refused_at else "waiting"),
        "approved_by": subject.approved_by,
        "subject": str(subject.id),
    }
