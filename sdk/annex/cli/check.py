"""`annex check`: what is asked of a predictor, as tests in a team's pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annex.cli.check_cases import check_cases, read_cases
from annex.cli.check_report import Check, print_checks, write_junit
from annex.cli.check_scores import Wanted, check_scores, read_label
from annex.cli.checked import checked_predictor
from annex.cli.options import AsJson, InProject
from annex.errors import BadInput, CheckFailed

Points = typer.Option(min=0, max=100, help="Points of 100.")


def check(
    *,
    model: Annotated[str, typer.Option("--model", help="What is checked, by name or id.")] = "",
    rules: Annotated[str, typer.Option("--rules", help="Or rules.")] = "",
    combination: Annotated[str, typer.Option("--combination", help="Or both as one.")] = "",
    min_f: Annotated[float | None, Points] = None,
    min_precision: Annotated[float | None, Points] = None,
    min_recall: Annotated[float | None, Points] = None,
    label: Annotated[
        list[str] | None, typer.Option("--label", help="NAME=80: the least F of one label.")
    ] = None,
    dataset: Annotated[
        str, typer.Option("--dataset", help="Held-back set; else that of the newest evaluation.")
    ] = "",
    run: Annotated[bool, typer.Option("--run", help="Evaluate anew first.")] = False,
    case: Annotated[
        list[Path] | None,
        typer.Option("--case", help="JSON lines of texts and what is to be said of them."),
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", help="Also write JUnit XML to this file.")
    ] = None,
    project: InProject = "",
    cluster: Annotated[
        str, typer.Option("--cluster", help="Address of the cluster [env: ANNEX_CLUSTER].")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Check a predictor's scores, and what it says of your own cases.

    For example: annex check --model small --min-f 80 --label FIELD=75 --case cases.jsonl

    Scores come from the control plane. The texts of cases go straight to the cluster, which keeps
    none of them. Exit status 1: a check has failed.
    """
    wanted = Wanted(min_f, min_precision, min_recall, dict(map(read_label, label or [])))
    cases = [one for file in case or [] for one in read_cases(file)]
    if not (wanted.anything or run or cases):
        raise BadInput("There is nothing to check: give --min-f, --label, --run or --case.")
    predictor = checked_predictor(project, model=model, rules=rules, combination=combination)
    checks: list[Check] = []
    if wanted.anything or run:
        checks += check_scores(predictor, wanted, dataset=dataset, anew=run)
    if cases:
        checks += check_cases(predictor, cases, cluster)
    if junit:
        write_junit(checks, junit)
    print_checks(checks, as_json=as_json)
    failed = sum(not each.passed for each in checks)
    if failed:
        raise CheckFailed(f"{failed} of {len(checks)} checks failed.")
