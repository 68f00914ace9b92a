"""Recipes that succeed, fail, crash, hang or ignore TERM, chosen by the dataset's id.

Rows of `worker.projects.Project` stand in for what a recipe writes.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path
from uuid import UUID, uuid4

from annex.contract.enums import FailureCode, JobRecipe, Stage
from annex.contract.recipes import ARGUMENTS_OF, ExportArguments, TrainArguments

from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.jobs.recipes import Recipe
from worker.projects.models import Project

SUCCEED = UUID(int=1)
FAIL = UUID(int=2)
RAISE = UUID(int=3)
SEGFAULT = UUID(int=4)
HANG = UUID(int=5)
IGNORE_TERM = UUID(int=6)
SLOW_ONCE = UUID(int=7)
WRITE_THEN_FAIL = UUID(int=8)
SECRET = "quoted customer text"


def run(context: JobContext, arguments: ExportArguments) -> None:
    """Behave as the dataset's id says."""
    BEHAVIOURS[arguments.dataset](context)


def run_long(context: JobContext, arguments: TrainArguments) -> None:
    """Behave as the first dataset's id says."""
    BEHAVIOURS[arguments.datasets[0]](context)


def succeed(context: JobContext) -> None:
    (context.folder / "scratch").write_text("scratch")
    for done in range(5):
        context.progress(Stage.WRITING, done, 4)
    with context.write():
        Project.objects.create(id=uuid4(), title=str(context.job))


def fail(context: JobContext) -> None:
    context.progress(Stage.READING, 0, 10)
    raise JobFailure(FailureCode.NO_EXAMPLES, 3, SECRET)


def raise_something(context: JobContext) -> None:
    raise ValueError(SECRET)


def segfault(context: JobContext) -> None:
    ctypes.string_at(0)


def hang(context: JobContext) -> None:
    (Path(os.environ["STAGED_FOLDER"]) / str(context.job)).touch()
    while True:
        context.progress(Stage.COPYING, 0, None)
        time.sleep(0.02)


def ignore_term(context: JobContext) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    (Path(os.environ["STAGED_FOLDER"]) / str(context.job)).touch()
    while True:
        time.sleep(1)


def slow_once(context: JobContext) -> None:
    """Write half, then wait to be killed; the second run goes through."""
    Project.objects.create(id=uuid4(), title=str(context.job))
    if context.attempt.run == 1:
        hang(context)


def write_then_fail(context: JobContext) -> None:
    Project.objects.create(id=uuid4(), title=str(context.job))
    raise JobFailure(FailureCode.NO_EXAMPLES)


def remove_rows(job: UUID) -> None:
    Project.objects.filter(title=str(job)).delete()


BEHAVIOURS = {
    SUCCEED: succeed,
    FAIL: fail,
    RAISE: raise_something,
    SEGFAULT: segfault,
    HANG: hang,
    IGNORE_TERM: ignore_term,
    SLOW_ONCE: slow_once,
    WRITE_THEN_FAIL: write_then_fail,
}


def find_staged(name: JobRecipe) -> Recipe:
    """Return the staged recipe that stands in for a built-in one."""
    function = run_long if name == JobRecipe.TRAIN else run
    return Recipe(name, ARGUMENTS_OF[name], function, remove_rows)
