"""The record of a try at importing a file, with its bad rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils import timezone

from worker.store.formats.rows import RowProblem
from worker.store.models import Asset, BadRow, ImportRun

MAX_LISTED_PROBLEMS = 1000


@dataclass
class Problems:
    """Bad rows met so far: the first thousand in full, all of them counted.

    `locate` gives the file and the line of what a source calls a line.
    """

    locate: Callable[[int], tuple[str, int]] = lambda line: ("", line)
    listed: list[RowProblem] = field(default_factory=list)
    total: int = 0
    unregistered_only: bool = True

    def add(self, problem: RowProblem) -> None:
        """Count the problem, and keep it while there is room."""
        self.total += 1
        self.unregistered_only &= problem.code == "label.unregistered"
        if len(self.listed) < MAX_LISTED_PROBLEMS:
            file, line = self.locate(problem.line)
            self.listed.append(replace(problem, file=file, line=line))


def start_run(asset: Asset, job: UUID) -> ImportRun:
    """Open a run, after removing what an earlier, interrupted one left of itself."""
    remove_unfinished_runs(job)
    return ImportRun.objects.create(asset=asset, asset_version=asset.version, job=job)


def present_run(asset: Asset) -> ImportRun | None:
    """Return the last run, or None while none has begun since the asset was last confirmed."""
    run = asset.import_runs.order_by("-started_at").first()
    return run if run and run.asset_version in {None, asset.version} else None


def remove_unfinished_runs(job: UUID) -> None:
    """Remove the job's runs that neither showed nor refused. Safe to repeat."""
    ImportRun.objects.filter(job=job, state=ImportRun.State.RUNNING).delete()


def finish_run(
    run: ImportRun, *, state: ImportRun.State, added: int, read: int, problems: Problems
) -> None:
    """Close the run with its figures; `read` counts good rows, `added` the new examples."""
    run.state = state
    run.rows = added
    run.duplicates = read - added if state == ImportRun.State.VISIBLE else 0
    run.bad_rows = problems.total
    run.visible_at = timezone.now() if state == ImportRun.State.VISIBLE else None
    run.save()
    BadRow.objects.bulk_create(
        [
            BadRow(import_run=run, file=p.file, line=p.line, code=p.code, message=p.message)
            for p in problems.listed
        ]
    )
