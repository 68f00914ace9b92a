"""The attempt's own process: runs one recipe and writes how it ended."""

from __future__ import annotations

import errno
import os
import signal
import threading
import traceback
from types import FrameType
from uuid import UUID

from annex.contract.enums import FailureCode, JobRecipe, JobState

from worker.jobs.actions import fail_attempt, finish_attempt
from worker.jobs.context import JobContext
from worker.jobs.errors import AttemptFenced, JobCancelled, JobFailure
from worker.jobs.models import Attempt
from worker.jobs.recipes import find_recipe
from worker.jobs.remains import scratch_folder
from worker.jobs.traces import shorten_paths
from worker.store.files import FileChanged, StorageRefused, StorageUnreachable

ORPHANED = 3
"""Exit status when the supervising process has died."""
STOPPED = 4
"""Exit status after TERM: the supervisor knows why it sent it and writes the end."""

CODES: dict[type[Exception], FailureCode] = {
    MemoryError: FailureCode.OUT_OF_MEMORY,
    StorageUnreachable: FailureCode.STORAGE_UNREACHABLE,
    StorageRefused: FailureCode.STORAGE_REFUSED,
    FileChanged: FailureCode.FILE_CHANGED,
}


def run_claimed_attempt(attempt_id: UUID, run: int) -> int:
    """Run the recipe of an attempt that a supervisor has claimed as `run`.

    Returns: the process's exit status; 0 when the end is in the database or belongs to another.
    """
    attempt = Attempt.objects.current(attempt_id, run).first()
    if attempt is None:
        return 0
    cancelled = listen_for_cancel()
    leave_with_parent()
    context = JobContext(attempt, scratch_folder(attempt), cancelled.is_set)
    return run_recipe(context)


def run_recipe(context: JobContext) -> int:
    """Run the context's recipe and write its end. Returns: STOPPED after TERM, else 0."""
    attempt = context.attempt
    try:
        recipe = find_recipe(JobRecipe(attempt.recipe))
        recipe.run(context, recipe.arguments.model_validate(attempt.arguments))
        finish_attempt(attempt, JobState.SUCCEEDED)
    except JobCancelled:
        return STOPPED
    except AttemptFenced:
        return 0  # whoever owns the attempt now writes its end
    except Exception as error:
        write_failure(context, error)
    return 0


def write_failure(context: JobContext, error: Exception) -> None:
    """Write a failed end with its traceback, which stays on the cluster."""
    code, affected = classify(error)
    fail_attempt(
        context.attempt,
        code,
        stage=context.stage,
        affected=affected,
        message=str(error),
        traceback=shorten_paths("".join(traceback.format_exception(error))),
    )


def classify(error: Exception) -> tuple[FailureCode, int | None]:
    """Return what the control plane may know of an error: a code and a count."""
    if isinstance(error, JobFailure):
        return error.code, error.affected
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return FailureCode.OUT_OF_DISK, None
    known = (code for kind, code in CODES.items() if isinstance(error, kind))
    return next(known, FailureCode.INTERNAL), None


def listen_for_cancel() -> threading.Event:
    """Return an event that TERM sets; the recipe sees it where it reports progress."""
    cancelled = threading.Event()

    def note(_number: int, _frame: FrameType | None) -> None:
        cancelled.set()

    signal.signal(signal.SIGTERM, note)
    return cancelled


def leave_with_parent() -> None:
    """End this process when its supervisor dies: its end of the pipe at stdin closes then."""

    def wait_for_end() -> None:
        os.read(0, 1)
        os._exit(ORPHANED)

    threading.Thread(target=wait_for_end, daemon=True, name="parent-watch").start()
