"""`annex board`."""

from __future__ import annotations

from typing import Annotated

import typer

from annex.cli.groups import group
from annex.cli.names import one_named
from annex.cli.options import AsJson, InProject
from annex.cli.output import plain, print_json, print_rows
from annex.cli.session import session

app = group("The board: predictors compared on held-back data.")

COLUMNS = {
    "PREDICTOR": lambda row: row.predictor.name,
    "KIND": lambda row: row.kind,
    "F": lambda row: row.f,
    "95 %": lambda row: f"{row.low:g} to {row.high:g}",
    "PRECISION": lambda row: row.precision,
    "RECALL": lambda row: row.recall,
    "WORDS/S": lambda row: row.words_per_second,
    "BYTES": lambda row: row.size_bytes,
    "AHEAD": lambda row: row.ahead,
    "OUTDATED": lambda row: row.outdated,
}


@app.command()
def show(
    project: InProject = "",
    dataset: Annotated[
        str, typer.Option("--dataset", help="Which held-back set, by name or id.")
    ] = "",
    measures: Annotated[str | None, typer.Option(help="`marks` or `labels`.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show who is ahead, and by how much."""
    scope = session().project(project)
    wanted = None
    if dataset:
        wanted = one_named("dataset", dataset, scope.datasets.list(), lambda row: row.name).id
    board = scope.board.show(dataset=wanted, measures=measures)
    if as_json:
        print_json(plain(board))
        return
    typer.echo(board.sentence)
    print_rows(board.rows, COLUMNS, as_json=False)
