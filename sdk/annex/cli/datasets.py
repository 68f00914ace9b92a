"""`annex datasets`: names and counts. The rows lie on the cluster."""

from __future__ import annotations

from typing import Annotated

import typer

from annex.cli.cluster_verbs import pull_dataset
from annex.cli.creating import created
from annex.cli.groups import group
from annex.cli.names import one_named
from annex.cli.options import AsJson, ExistsOk, InProject
from annex.cli.output import print_one, print_rows
from annex.cli.session import session
from annex.contract.enums import DatasetRole

app = group("Datasets: named sets of answered examples.")
app.command("pull")(pull_dataset)

COLUMNS = {
    "ID": lambda row: row.id,
    "NAME": lambda row: row.name,
    "ROLE": lambda row: row.role,
    "EXAMPLES": lambda row: row.examples,
    "ACCEPTED": lambda row: row.accepted,
    "REJECTED": lambda row: row.rejected,
    "IGNORED": lambda row: row.ignored,
}


@app.command("list")
def list_datasets(project: InProject = "", as_json: AsJson = False) -> None:
    """List a project's datasets with their counts."""
    print_rows(session().project(project).datasets.list(), COLUMNS, as_json=as_json)


@app.command()
def show(
    dataset: Annotated[str, typer.Argument(help="Name or id.")],
    project: InProject = "",
    as_json: AsJson = False,
) -> None:
    """Show a dataset with its counts."""
    rows = session().project(project).datasets.list()
    print_one(one_named("dataset", dataset, rows, lambda row: row.name), as_json=as_json)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Name of the new dataset.")],
    role: Annotated[
        DatasetRole, typer.Option("--role", help="Nothing in an evaluation dataset is trained on.")
    ] = DatasetRole.TRAINING,
    project: InProject = "",
    exists_ok: ExistsOk = False,
    as_json: AsJson = False,
) -> None:
    """Name an empty dataset."""
    datasets = session().project(project).datasets
    row = created(
        "dataset",
        name,
        lambda: datasets.create(name, role),
        exists_ok=exists_ok,
        rows=datasets.list,
        name_of=lambda row: row.name,
    )
    print_one(row, as_json=as_json)
