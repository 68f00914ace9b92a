"""`annex people`: members, invitations, and who is in a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from annex.cli.asking import ask_first
from annex.cli.groups import group
from annex.cli.names import named, one_named
from annex.cli.options import AsJson, ExistsOk, InProject, Sure
from annex.cli.output import note, print_one, print_rows
from annex.cli.session import session
from annex.contract.enums import Role

if TYPE_CHECKING:
    from annex.client.nouns import Sync
    from annex.client.organization import OrganizationScope
    from annex.client.types import Member

app = group("People: members, invitations, and who is in a project.")

MEMBERS = {
    "ID": lambda row: row.id,
    "NAME": lambda row: row.name,
    "MAIL": lambda row: row.email,
    "ROLE": lambda row: row.role,
    "JOINED": lambda row: row.joined_at,
}
IN_PROJECT = {
    "MEMBER": lambda row: row.member,
    "NAME": lambda row: row.name,
    "ROLE": lambda row: row.role,
}
INVITATIONS = {
    "ID": lambda row: row.id,
    "MAIL": lambda row: row.email,
    "ROLE": lambda row: row.role,
    "INVITED BY": lambda row: row.invited_by,
    "STATE": lambda row: row.state,
}
Person = Annotated[str, typer.Argument(help="Mail address, name or id.")]
Mail = Annotated[str, typer.Argument(help="Mail address.")]


def member_named(acme: OrganizationScope[Sync], wanted: str) -> Member:
    """Return a member by mail address, name or id. Raises: NoneOfThatName, BadInput."""
    rows = list(acme.members.list())
    by_mail = named(wanted.lower(), rows, lambda row: row.email)
    if by_mail:
        return by_mail[0]
    return one_named("member", wanted, rows, lambda row: row.name)


@app.command("list")
def list_people(project: InProject = "", as_json: AsJson = False) -> None:
    """List the organization's members; with --project who was added to it."""
    now = session()
    if project:
        print_rows(now.project(project).members.list(), IN_PROJECT, as_json=as_json)
    else:
        print_rows(now.organization.members.list(), MEMBERS, as_json=as_json)


@app.command()
def show(person: Person, as_json: AsJson = False) -> None:
    """Show a member."""
    print_one(member_named(session().organization, person), as_json=as_json)


@app.command()
def invite(
    mail: Mail,
    role: Annotated[Role, typer.Option("--role", help="What they may do.")] = Role.ANNOTATOR,
    exists_ok: ExistsOk = False,
    as_json: AsJson = False,
) -> None:
    """Invite an address by mail; with --exists-ok an open invitation or a member will do."""
    acme = session().organization
    if exists_ok:
        address = mail.lower()
        there = named(address, acme.members.list(), lambda row: row.email)
        waiting = named(address, acme.invitations.list(), lambda row: row.email)
        if there or waiting:
            note("That address is a member, or invited, already.")
            print_one((there or waiting)[0], as_json=as_json)
            return
    print_one(acme.invitations.send(mail, role), as_json=as_json)


@app.command()
def invitations(as_json: AsJson = False) -> None:
    """List open invitations."""
    print_rows(session().organization.invitations.list(), INVITATIONS, as_json=as_json)


@app.command()
def withdraw(mail: Mail) -> None:
    """Withdraw an open invitation: its link stops working."""
    acme = session().organization
    row = one_named("invitation", mail.lower(), acme.invitations.list(), lambda row: row.email)
    acme.invitations.withdraw(row.id)
    note(f"Withdrew the invitation of {row.email}.")


@app.command()
def role(
    person: Person,
    new_role: Annotated[Role, typer.Argument(help="The new role.")],
    as_json: AsJson = False,
) -> None:
    """Give a member another role."""
    acme = session().organization
    row = acme.members.change_role(member_named(acme, person).id, new_role)
    print_one(row, as_json=as_json)


@app.command()
def remove(person: Person, yes: Sure = False) -> None:
    """End a membership; the person's tokens and sessions end too."""
    acme = session().organization
    member = member_named(acme, person)
    ask_first(f"Remove {member.name} ({member.email}) from the organization?", sure=yes)
    acme.members.remove(member.id)
    note(f"Removed {member.name}.")


@app.command()
def add(person: Person, project: InProject = "", as_json: AsJson = False) -> None:
    """Let a member into a project; doing it again changes nothing."""
    now = session()
    member = member_named(now.organization, person)
    print_one(now.project(project).members.add(member.id), as_json=as_json)


@app.command()
def drop(person: Person, project: InProject = "") -> None:
    """Take a member out of a project; their session on the cluster ends."""
    now = session()
    member = member_named(now.organization, person)
    now.project(project).members.remove(member.id)
    note(f"{member.name} is no longer in the project.")
