"""`annex orgs`."""

from __future__ import annotations

from typing import Annotated

import typer

from annex.cli.groups import group
from annex.cli.names import one_named
from annex.cli.options import AsJson
from annex.cli.output import print_one, print_rows
from annex.cli.session import session

app = group("Organizations. A token belongs to one.")

COLUMNS = {
    "ID": lambda row: row.id,
    "SLUG": lambda row: row.slug,
    "NAME": lambda row: row.name,
}


@app.command("list")
def list_organizations(as_json: AsJson = False) -> None:
    """List the organizations that the token reaches."""
    print_rows(session().client.organizations.list(), COLUMNS, as_json=as_json)


@app.command()
def show(
    organization: Annotated[str, typer.Argument(help="Slug or id.")], as_json: AsJson = False
) -> None:
    """Show an organization."""
    rows = session().client.organizations.list()
    row = one_named("organization", organization, rows, lambda row: row.slug)
    print_one(row, as_json=as_json)
