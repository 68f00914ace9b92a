"""`annex assets`: names and counts. The bytes lie on the cluster."""

from __future__ import annotations

from typing import Annotated

import typer

from annex.cli.cluster_verbs import push_asset
from annex.cli.creating import created
from annex.cli.groups import group
from annex.cli.names import one_named
from annex.cli.options import AsJson, ExistsOk, InProject
from annex.cli.output import print_one, print_rows
from annex.cli.session import session
from annex.contract.enums import AssetKind

app = group("Assets: named data, rules and guidelines.")
app.command("push")(push_asset)

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
def create(
    name: Annotated[str, typer.Argument(help="Name of the new asset.")],
    kind: Annotated[AssetKind, typer.Option("--kind", help="What it is.")] = AssetKind.DATA,
    project: InProject = "",
    exists_ok: ExistsOk = False,
    as_json: AsJson = False,
) -> None:
    """Name an asset; `annex assets push` or its page on the cluster fills it."""
    scope = session().project(project)
    row = created(
        "asset",
        name,
        lambda: scope.assets.create(name, kind),
        exists_ok=exists_ok,
        rows=scope.assets.list,
        name_of=lambda row: row.name,
    )
    print_one(row, as_json=as_json)


@app.command()
def show(
    asset: Annotated[str, typer.Argument(help="Name or id.")],
    project: InProject = "",
    as_json: AsJson = False,
) -> None:
    """Show an asset, and the page on the cluster where it is filled."""
    rows = session().project(project).assets.list()
    print_one(one_named("asset", asset, rows, lambda row: row.name), as_json=as_json)
