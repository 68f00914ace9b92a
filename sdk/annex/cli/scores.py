"""`annex predictors` and `annex evaluations`."""

from __future__ import annotations

from typing import Annotated

import typer

from annex.cli.groups import group
from annex.cli.options import AsJson, InProject
from annex.cli.output import print_one, print_rows
from annex.cli.scope_names import asset_named, dataset_named, model_named, predictor_named
from annex.cli.session import session

predictors = group("Predictors: rules, models, and both as one.")
evaluations = group("Evaluations: predictors measured on held-back data.")

PREDICTORS = {
    "ID": lambda row: row.id,
    "KIND": lambda row: row.kind,
    "NAME": lambda row: row.name,
}
EVALUATIONS = {
    "ID": lambda row: row.id,
    "PREDICTOR": lambda row: row.predictor.name,
    "STATE": lambda row: row.state,
    "F": lambda row: row.f,
    "PRECISION": lambda row: row.precision,
    "RECALL": lambda row: row.recall,
    "OUTDATED": lambda row: row.outdated,
}


@predictors.command("list")
def list_predictors(project: InProject = "", as_json: AsJson = False) -> None:
    """List what can suggest, or be measured."""
    print_rows(session().project(project).predictors.list(), PREDICTORS, as_json=as_json)


@predictors.command()
def combine(
    name: Annotated[str, typer.Argument(help="Name of the new predictor.")],
    rules: Annotated[str, typer.Option("--rules", help="Asset of rules, by name or id.")],
    model: Annotated[str, typer.Option("--model", help="Model, by name or id.")],
    project: InProject = "",
    as_json: AsJson = False,
) -> None:
    """Make rules and a model into one predictor; where both mark, the rules decide."""
    scope = session().project(project)
    made = scope.predictors.combine(
        name, rules=asset_named(scope, rules), model=model_named(scope, model)
    )
    print_one(made, as_json=as_json)


@evaluations.command("list")
def list_evaluations(project: InProject = "", as_json: AsJson = False) -> None:
    """List a project's evaluations, newest first."""
    print_rows(session().project(project).evaluations.list(), EVALUATIONS, as_json=as_json)


@evaluations.command()
def start(
    predictor: Annotated[str, typer.Argument(help="Name or id of what is measured.")],
    dataset: Annotated[str, typer.Option("--dataset", "-d", help="Held-back set.")],
    project: InProject = "",
    as_json: AsJson = False,
) -> None:
    """Measure a predictor on a held-back dataset."""
    scope = session().project(project)
    row = scope.evaluations.start(predictor_named(scope, predictor), dataset_named(scope, dataset))
    print_one(row, as_json=as_json)
