"""`annex assets`: names and counts. The bytes lie on the cluster."""

from __future__ import annotations

from typing import Annotated

import typer

from annex.cli.groups import group
from annex.cli.names import one_named
from annex.cli.options import AsJson, InProject
from annex.cli.output import print_one, print_rows
from annex.cli.session import session

app = group("Assets: named data, rules and guidelines.")

COLUMNS = {
    "ID": lambda row: row.id,
    "NAME": lambda row: row.name,
    "KIND": lambda row: row.kind,
    "STATE": lambda row: row.state,
    "ROWS": lambda row: row.rows,
    "HELD BACK": lambda row: row.hold_back,
}


@app.command("list")
def list_assets(project: InProject = "", as_json: AsJson = False) -> None:
    """List a project's assets."""
    print_rows(session().project(project).assets.list(), COLUMNS, as_json=as_json)


@app.command()
def show(
    asset: Annotated[str, typer.Argument(help="Name or id.")],
    project: InProject = "",
    as_json: AsJson = False,
) -> None:
    """Show an asset, and the page on the cluster where it is filled."""
    rows = session().project(project).assets.list()
    print_one(one_named("asset", asset, rows, lambda row: row.name), as_json=as_json)
