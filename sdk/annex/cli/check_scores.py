"""Checks of a predictor's newest evaluation, as the control plane shows it on the board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import UUID

from annex.cli.check_report import Check
from annex.cli.output import note
from annex.cli.scope_names import dataset_named
from annex.cli.session import session
from annex.cli.watch import how_it_ended, wait_for
from annex.contract.enums import DatasetRole, JobState
from annex.errors import BadInput

if TYPE_CHECKING:
    from annex.cli.checked import Checked
    from annex.client.nouns import Sync
    from annex.client.project import ProjectScope
    from annex.client.types import Evaluation


BEST: Final = 100.0


@dataclass(frozen=True)
class Wanted:
    """The least that each figure may be, points of 100; None asks nothing of it."""

    f: float | None = None
    precision: float | None = None
    recall: float | None = None
    labels: dict[str, float] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether any figure is asked for."""
        return bool(self.labels) or any(least is not None for _, least in self.figures())

    def figures(self) -> Iterator[tuple[str, float | None]]:
        """Yield the overall figures by their names."""
        yield from (("f", self.f), ("precision", self.precision), ("recall", self.recall))


def read_label(typed: str) -> tuple[str, float]:
    """Return a label's name and its least F of `NAME=80`. Raises: BadInput."""
    name, _, least = typed.rpartition("=")
    try:
        points = float(least)
    except ValueError:
        points = -1.0
    if not name or not 0 <= points <= BEST:
        raise BadInput(f"{typed} is not NAME=POINTS, with points from 0 to 100.")
    return name, points


def check_scores(
    predictor: Checked, wanted: Wanted, *, dataset: str = "", anew: bool = False
) -> list[Check]:
    """Compare the newest evaluation with what is wanted.

    Args:    anew: evaluate first, and wait for it.
    Raises:  BadInput, NoneOfThatName; JobEnded when the evaluation failed.
    """
    now = session()
    scope = now.organization.project(predictor.project)
    held_back = dataset_named(scope, dataset) if dataset else None
    if anew:
        held_back = held_back or only_held_back(scope)
        arguments = {"predictor": predictor.reference, "dataset": str(held_back)}
        ended = wait_for(now, scope.jobs.start("evaluate.v1", arguments))
        if ended.state != JobState.SUCCEEDED:
            raise how_it_ended(ended)
    found = newest_evaluation(scope, predictor, held_back)
    if found is not None and found.outdated:
        note("The newest evaluation is outdated: the labels have changed since. --run measures.")
    return list(compare_scores(predictor.name, wanted, found))


def only_held_back(scope: ProjectScope[Sync]) -> UUID:
    """Return the project's held-back dataset. Raises: BadInput when there is none or several."""
    found = [row for row in scope.datasets.list() if row.role == DatasetRole.EVALUATION]
    if len(found) != 1:
        names = ", ".join(row.name for row in found) or "none"
        raise BadInput(f"Say on which held-back set: --dataset. There are: {names}.")
    return found[0].id


def newest_evaluation(
    scope: ProjectScope[Sync], predictor: Checked, dataset: UUID | None
) -> Evaluation | None:
    """Return the newest finished evaluation of a predictor, on a dataset or on any."""
    return next(
        (
            row
            for row in scope.evaluations.list()
            if row.predictor.id == predictor.id
            and row.f is not None
            and row.fraction is None
            and dataset in (None, row.dataset)
        ),
        None,
    )


def compare_scores(name: str, wanted: Wanted, found: Evaluation | None) -> Iterator[Check]:
    """Yield one check for each figure that is asked for."""
    labels = {row.name: row for row in found.per_label} if found else {}
    for figure, least in wanted.figures():
        if least is not None:
            score = getattr(found, figure) if found else None
            yield _check(f"{figure} of {name}", least, score, "has not been measured")
    for label, least in wanted.labels.items():
        row = labels.get(label)
        lack = "too few of them to say" if row and row.suppressed else "has not been measured"
        yield _check(f"f of {name} on {label}", least, row.f if row else None, lack)


def _check(what: str, least: float, score: float | None, lack: str) -> Check:
    return Check(
        name=what,
        group="scores",
        passed=score is not None and score >= least,
        expected=f"at least {least:g}",
        found=lack if score is None else f"{score:g}",
    )
