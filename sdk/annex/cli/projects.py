"""`annex projects`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from annex.cli.asking import ask_first
from annex.cli.clusters import cluster_named
from annex.cli.creating import created
from annex.cli.groups import group
from annex.cli.options import AsJson, ExistsOk, Sure
from annex.cli.output import note, print_one, print_rows
from annex.cli.session import session

app = group("Projects.")

COLUMNS = {
    "ID": lambda row: row.id,
    "TITLE": lambda row: row.title,
    "EXAMPLES": lambda row: row.counts.examples,
    "ANSWERED": lambda row: row.counts.answered,
    "MODELS": lambda row: row.counts.models,
}
Wanted = Annotated[str, typer.Argument(help="Title or id.")]
Target = Annotated[
    float | None, typer.Option("--target-f", help="The F to aim at, in points of 100.")
]


@app.command("list")
def list_projects(as_json: AsJson = False) -> None:
    """List the projects you may see."""
    print_rows(session().organization.projects.list(), COLUMNS, as_json=as_json)


@app.command()
def show(project: Wanted, as_json: AsJson = False) -> None:
    """Show a project with its counts and what of its first run is done."""
    now = session()
    print_one(now.organization.projects.show(now.project_id(project)), as_json=as_json)


@app.command()
def create(
    title: Annotated[str, typer.Argument(help="Title of the new project.")],
    cluster: Annotated[str, typer.Option("--cluster", "-c", help="Name or id of its cluster.")],
    target_f: Target = None,
    exists_ok: ExistsOk = False,
    as_json: AsJson = False,
) -> None:
    """Make a project on a cluster."""
    acme = session().organization
    row = created(
        "project",
        title,
        lambda: acme.projects.create(title, cluster_named(acme, cluster), target_f=target_f),
        exists_ok=exists_ok,
        rows=acme.projects.list,
        name_of=lambda row: row.title,
    )
    print_one(row, as_json=as_json)


@app.command()
def change(
    project: Wanted,
    title: Annotated[str | None, typer.Option("--title", help="The new title.")] = None,
    target_f: Target = None,
    as_json: AsJson = False,
) -> None:
    """Change a project's title or target."""
    now = session()
    given = {"title": title, "target_f": target_f}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    row = now.organization.projects.change(now.project_id(project), **changes)
    print_one(row, as_json=as_json)


@app.command()
def delete(project: Wanted, yes: Sure = False) -> None:
    """Forget a project here; what lies on its cluster stays there."""
    now = session()
    wanted = now.project_id(project)
    ask_first(f"Delete the project {project}?", sure=yes)
    now.organization.projects.delete(wanted)
    note(f"Deleted {project}.")
