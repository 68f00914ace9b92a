"""`annex tokens`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from annex.cli.groups import group
from annex.cli.names import one_named
from annex.cli.options import AsJson
from annex.cli.output import note, print_json, print_one, print_rows
from annex.cli.session import session
from annex.contract.enums import Role

app = group("API tokens, for scripts and pipelines.")

COLUMNS = {
    "ID": lambda row: row.id,
    "NAME": lambda row: row.name,
    "ROLE": lambda row: row.role,
    "BEGINS WITH": lambda row: row.prefix,
    "LAST USED": lambda row: row.last_used_at,
    "EXPIRES": lambda row: row.expires_at,
}
Wanted = Annotated[str, typer.Argument(help="Name or id.")]


@app.command("list")
def list_tokens(as_json: AsJson = False) -> None:
    """List your tokens; admins see all."""
    print_rows(session().organization.tokens.list(), COLUMNS, as_json=as_json)


@app.command()
def show(token: Wanted, as_json: AsJson = False) -> None:
    """Show a token, without its secret."""
    rows = session().organization.tokens.list()
    print_one(one_named("token", token, rows, lambda row: row.name), as_json=as_json)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What the token is for.")],
    role: Annotated[
        Role, typer.Option("--role", help="How much it may; no more than you.")
    ] = Role.DEVELOPER,
    days: Annotated[
        int | None, typer.Option("--days", min=1, help="Days until it ends; else it does not.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token and print its secret, this once."""
    until = None if days is None else datetime.now(UTC) + timedelta(days=days)
    made = session().organization.tokens.create(name, role, until)
    if as_json:
        print_json(made.model_dump(mode="json"))
        return
    note("Keep this; nobody can read it again:")
    typer.echo(made.secret)


@app.command()
def revoke(token: Wanted) -> None:
    """Revoke a token: it stops working at once."""
    tokens = session().organization.tokens
    row = one_named("token", token, tokens.list(), lambda row: row.name)
    tokens.revoke(row.id)
    note(f"Revoked {row.name}.")
