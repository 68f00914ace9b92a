"""The parent of an attempt's process: heartbeat, cancel, limits and ends it cannot write."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time

import structlog
from annex.contract.enums import FailureCode, JobState, LeaseClass
from django.conf import settings

from worker.jobs.actions import beat, fail_attempt, finish_attempt
from worker.jobs.memory import count_memory_kills
from worker.jobs.models import Attempt
from worker.jobs.process import STOPPED
from worker.jobs.remains import remove_remains, scratch_folder
from worker.jobs.traces import shorten_paths

log = structlog.get_logger(__name__)

POLL_SECONDS = 0.2
KILLED_FROM_OUTSIDE = {-signal.SIGKILL, -signal.SIGTERM, STOPPED}
KILL_AFTER_SECONDS = 1.5
OUTPUT_TAIL_BYTES = 16_384


def supervise(attempt: Attempt) -> None:
    """Run a claimed attempt in a process group of its own until it is over.

    A child that somebody else killed is started again, up to JOB_RUNS times; one that crashed by
    itself is not, because it would crash again.
    Effects: the attempt is over, or another run owns it; its scratch folder is gone.
    """
    remove_remains(attempt)
    child = Child(attempt)
    try:
        reason = watch(child)
    finally:
        child.stop()
    settle(child, reason)
    remove_remains(attempt)


class Child:
    """One process that runs one attempt; `stdin` stays open so that it can see its parent die."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.folder = scratch_folder(attempt)
        self.folder.mkdir(parents=True, mode=0o700)
        self.memory_kills = count_memory_kills()
        self.output = (self.folder / "output.log").open("wb")
        self.process = subprocess.Popen(
            child_command(attempt),
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    @property
    def seconds(self) -> float:
        """Return how long ago the process was started."""
        return time.monotonic() - self.started_at

    def stop(self) -> None:
        """End the whole process group: TERM, then KILL. Does nothing to one that has ended."""
        if self.process.poll() is None:
            self._signal(signal.SIGTERM)
            try:
                self.process.wait(KILL_AFTER_SECONDS)
            except subprocess.TimeoutExpired:
                log.warning("job process ignored TERM", attempt=str(self.attempt.id))
        # Also what the process itself has started and left behind.
        self._signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()
        self.output.close()

    def output_tail(self) -> str:
        """Return the end of what the process printed, for the failure's own page."""
        data = (self.folder / "output.log").read_bytes()
        return shorten_paths(data[-OUTPUT_TAIL_BYTES:].decode("utf-8", "replace"))

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def watch(child: Child) -> str:
    """Wait until the child ends or must end, beating all the while.

    Returns: why: `exited`, `cancelled`, `timed_out` or `fenced`.
    """
    beat(child.attempt, child.process.pid)
    limit = time_limit_seconds(child.attempt)
    next_beat = time.monotonic() + settings.JOB_HEARTBEAT_SECONDS
    while child.process.poll() is None:
        state, cancelled = read_wishes(child.attempt)
        if state is None:
            return "fenced"
        if cancelled:
            return "cancelled"
        if child.seconds > limit:
            return "timed_out"
        if time.monotonic() >= next_beat:
            beat(child.attempt)
            next_beat = time.monotonic() + settings.JOB_HEARTBEAT_SECONDS
        wait_for_exit(child.process)
    return "exited"


def settle(child: Child, reason: str) -> None:
    """Write the end of an attempt whose process did not write it."""
    attempt = child.attempt
    if reason == "cancelled":
        finish_attempt(attempt, JobState.CANCELLED)
    elif reason == "timed_out":
        fail_attempt(attempt, FailureCode.TIMED_OUT, message=child.output_tail())
    elif reason == "exited":
        settle_exit(child)


def settle_exit(child: Child) -> None:
    """Tell a kill from outside, which is worth another run, from a crash, which is not."""
    attempt = child.attempt
    if not is_ours(attempt):
        return  # the process wrote its end, or another run will
    if count_memory_kills() > child.memory_kills:
        fail_attempt(attempt, FailureCode.OUT_OF_MEMORY, message=child.output_tail())
    elif child.process.returncode in KILLED_FROM_OUTSIDE and attempt.run < settings.JOB_RUNS:
        release_for_restart(attempt)
    else:
        message = f"The process ended with status {child.process.returncode}."
        fail_attempt(attempt, FailureCode.CRASHED, message=message, traceback=child.output_tail())


def release_for_restart(attempt: Attempt) -> None:
    """Let the attempt be claimed again; the next run has a higher number."""
    log.warning("job process was killed and starts again", attempt=str(attempt.id))
    current = Attempt.objects.current(attempt.id, attempt.run)
    current.update(state=JobState.HELD.value, process_id=None)


def child_environment() -> dict[str, str]:
    """Return the environment of the process: one thread per job, so that slots mean cores."""
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    return {**os.environ, **threads}


def child_command(attempt: Attempt) -> list[str]:
    """Return the command line of the process; the run's number keeps a late start harmless."""
    run = str(attempt.run)
    return [sys.executable, "-m", "worker", "jobs", "run", str(attempt.id), "--run", run]


def time_limit_seconds(attempt: Attempt) -> float:
    """Return how long one run may take."""
    if attempt.lease_class == LeaseClass.STICKY:
        return float(settings.JOB_LONG_SECONDS)
    return float(settings.JOB_SHORT_SECONDS)


def read_wishes(attempt: Attempt) -> tuple[str | None, bool]:
    """Return the state (None when this run no longer owns the attempt) and the wish to cancel."""
    row = Attempt.objects.filter(id=attempt.id, run=attempt.run).values_list(
        "state", "cancel_requested"
    )
    state, cancelled = row.first() or (None, False)
    return (None if state == JobState.LOST else state), cancelled


def is_ours(attempt: Attempt) -> bool:
    """Whether this run still owns the attempt, so that nobody has written its end."""
    return Attempt.objects.current(attempt.id, attempt.run).exists()


def wait_for_exit(process: subprocess.Popen[bytes]) -> None:
    """Wait until the process ends, at most one poll."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(POLL_SECONDS)
