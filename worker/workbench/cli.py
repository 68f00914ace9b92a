"""`python -m worker evaluate`: measure a predictor here, and fail when it falls short."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from common.errors import InvalidRequest, NotFound

if TYPE_CHECKING:
    from worker.predictors.base import Predictor
    from worker.training.scoring import Report
    from worker.workbench.checks import Outcome

app = typer.Typer()


@app.callback(invoke_without_command=True)
def evaluate(
    dataset: Annotated[UUID, typer.Option(help="The held-back dataset's id.")],
    model: Annotated[UUID | None, typer.Option(help="A model's id.")] = None,
    rules: Annotated[UUID | None, typer.Option(help="The id of rules.")] = None,
    check: Annotated[
        Path | None,
        typer.Option(help="TOML file of thresholds and cases.", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Measure a model, rules, or both together with the rules deciding; keep and send nothing.

    Exit code 0: everything holds. 1: something falls short. 2: it could not be measured.
    """
    from worker.workbench.checks import Checks, check_cases, check_scores, read_checks

    checks = read_checks(check.read_text(encoding="utf-8")) if check else Checks()
    predictor, report = measure(dataset, model, rules)
    print_report(report)
    outcomes = [*check_scores(checks, report), *check_cases(checks, predictor)]
    print_outcomes(outcomes)
    if not all(outcome.holds for outcome in outcomes):
        raise typer.Exit(1)


def measure(dataset: UUID, model: UUID | None, rules: UUID | None) -> tuple[Predictor, Report]:
    """Return the predictor and its figures. Raises: NotFound, InvalidRequest, PredictorMissing."""
    from worker.store.models import Dataset
    from worker.training.corpus import read_evaluation
    from worker.training.scoring import score_texts

    found = Dataset.objects.filter(id=dataset).first()
    if found is None:
        raise NotFound("There is no such dataset on this cluster.")
    predictor = load(found.project_id, model, rules)
    texts = read_evaluation(dataset, found.project_id, predictor.component)
    if not texts:
        raise InvalidRequest("The dataset has no accepted answers to measure against.")
    said = predictor.predict([text.text for text in texts])
    return predictor, score_texts(texts, said, predictor.component)


def load(project_id: UUID, model: UUID | None, rules: UUID | None) -> Predictor:
    """Return a project's model, its rules, or both as one. Raises: InvalidRequest."""
    from annex.contract.enums import PredictorKind
    from annex.contract.recipes import PredictorRef

    from worker.predictors.combined import CombinedPredictor
    from worker.training.relabelling import predictor_today

    named = ((PredictorKind.RULES, rules), (PredictorKind.MODEL, model))
    loaded = [
        predictor_today(PredictorRef(kind=kind, id=id_), project_id, held_back=True)
        for kind, id_ in named
        if id_
    ]
    if not loaded:
        raise InvalidRequest("Name a model with --model, rules with --rules, or both.")
    if len(loaded) == 1:
        return loaded[0]
    if not all(one.component.marks_spans for one in loaded):
        raise InvalidRequest("Rules mark parts of texts, and this model does not.")
    return CombinedPredictor(*loaded)


def print_report(report: Report) -> None:
    """Print the figures, all labels first."""
    from rich.console import Console
    from rich.table import Table

    table = Table("", "F", "precision", "recall", "in the data")
    for name, tally in (("all", report.overall), *sorted(report.per_label.items())):
        ratios = (f"{value:.3f}" for value in (tally.f, tally.precision, tally.recall))
        table.add_row(name, *ratios, str(tally.support))
    Console().print(table)


def print_outcomes(outcomes: list[Outcome]) -> None:
    """Print what was checked; what falls short says so in words, not by colour alone."""
    from rich.console import Console
    from rich.table import Table

    if not outcomes:
        return
    table = Table("check", "wanted", "found", "")
    for outcome in outcomes:
        verdict = "holds" if outcome.holds else "[red]falls short[/]"
        table.add_row(outcome.name, outcome.wanted, outcome.found, verdict)
    Console().print(table)
