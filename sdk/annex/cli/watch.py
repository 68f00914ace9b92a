"""Waiting for a job in sight of a person, or of a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Final, Literal

import typer

from annex.cli.exit_codes import ExitCode
from annex.cli.output import note, print_one
from annex.contract.enums import Family, JobState
from annex.errors import AnnexError, JobEnded

if TYPE_CHECKING:
    from annex.cli.session import Session
    from annex.client.types import Job

FIRST_SECONDS: Final = 0.5
LONGEST_SECONDS: Final = 3.0
PATIENCE_SECONDS: Final = 600
Show = Callable[["Job"], None]
pause = time.sleep
clock = time.monotonic


def finish(now: Session, job: Job, *, as_json: bool) -> None:
    """Wait for a job, print it, and end as it did. Ctrl-C asks whether to detach or to cancel.

    Raises: JobEnded unless it succeeded.
    """
    try:
        ended = wait_for(now, job)
    except KeyboardInterrupt:
        if _choice() == "detach":
            note(f"The job goes on. annex jobs watch {job.id} comes back to it.")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        note("Cancelling …")
        ended = wait_for(now, now.organization.jobs.cancel(job.id))
    print_one(ended, as_json=as_json)
    if ended.state != JobState.SUCCEEDED:
        raise how_it_ended(ended)


def wait_for(now: Session, job: Job) -> Job:
    """Return the job once it is over, showing how far it is on stderr meanwhile.

    A control plane that does not answer is asked again for ten minutes.
    """
    seconds, answered_at = FIRST_SECONDS, clock()
    with _display() as show:
        while not JobState(job.state).is_terminal:
            show(job)
            pause(seconds)
            seconds = min(LONGEST_SECONDS, seconds * 1.5)
            try:
                job, answered_at = now.organization.jobs.show(job.id), clock()
            except AnnexError as error:
                if error.family is not Family.TRANSIENT or clock() > answered_at + PATIENCE_SECONDS:
                    raise
        show(job)
    return job


def how_it_ended(job: Job) -> JobEnded:
    """Return the error that says why a job has not succeeded."""
    failure = job.failure
    if failure is None:
        return JobEnded(f"{job.title}: {job.state}.", what_to_do="Start it again when you want to.")
    error = JobEnded(failure.title, what_to_do=failure.what_to_do)
    error.code, error.family = failure.code, Family(failure.family)
    if failure.cluster_url:
        error.what_to_do += f" Details: {failure.cluster_url}"
    return error


def _choice() -> Literal["detach", "cancel"]:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return "detach"
    answer = typer.prompt("\n[d]etach, and the job goes on, or [c]ancel it?", "d", err=True)
    return "cancel" if answer.lower().startswith("c") else "detach"


def _display() -> AbstractContextManager[Show]:
    return _bar() if sys.stderr.isatty() else _lines()


@contextmanager
def _bar() -> Iterator[Show]:
    """Draw a bar for the stage that is at work."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("queued", total=None)

        def show(job: Job) -> None:
            done, total = (job.progress.done, job.progress.total) if job.progress else (0, None)
            progress.update(bar, description=_stage(job), completed=done, total=total)

        yield show


@contextmanager
def _lines() -> Iterator[Show]:
    """Write a line whenever the stage changes: a log has no use for more."""
    last = ""

    def show(job: Job) -> None:
        nonlocal last
        if _stage(job) != last:
            last = _stage(job)
            note(f"{job.title}: {last}")

    yield show


def _stage(job: Job) -> str:
    if job.silent:
        return "silent"
    is_at_work = job.state == JobState.RUNNING and job.progress is not None
    return job.progress.stage if is_at_work and job.progress else job.state
