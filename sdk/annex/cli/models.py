"""`annex models`: names and numbers. The files lie on the cluster."""

from __future__ import annotations

from typing import Annotated

import typer

from annex.cli.cluster_verbs import pull_model
from annex.cli.groups import group
from annex.cli.names import one_named
from annex.cli.options import AsJson, InProject
from annex.cli.output import print_one, print_rows
from annex.cli.session import session

app = group("Models. `annex jobs run train.v1` trains one.")
app.command("pull")(pull_model)

COLUMNS = {
    "ID": lambda row: row.id,
    "NAME": lambda row: row.name,
    "COMPONENT": lambda row: row.component,
    "EXAMPLES": lambda row: row.training_examples,
    "TRAINED": lambda row: row.trained_at,
    "PACKAGED": lambda row: row.packaged,
}


@app.command("list")
def list_models(project: InProject = "", as_json: AsJson = False) -> None:
    """List a project's models."""
    print_rows(session().project(project).models.list(), COLUMNS, as_json=as_json)


@app.command()
def show(
    model: Annotated[str, typer.Argument(help="Name or id.")],
    project: InProject = "",
    as_json: AsJson = False,
) -> None:
    """Show a model, and the page on the cluster where its wheel is downloaded."""
    rows = session().project(project).models.list()
    print_one(one_named("model", model, rows, lambda row: row.name), as_json=as_json)
