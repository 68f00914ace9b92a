"""Cancels and kills, on real processes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.worker.jobs.conftest import offer_for
from tests.worker.jobs.staged import recipes as staged_recipes
from tests.worker.jobs.waiting import state_of, states_told, wait_until
from worker.jobs.actions import accept_job, claim_attempt, finish_attempt, give_up, request_cancel
from worker.jobs.context import JobContext
from worker.jobs.errors import AttemptFenced
from worker.jobs.models import Attempt, Failure
from worker.jobs.tasks import run_attempt
from worker.projects.models import Project

InBackground = Callable[[Attempt], threading.Thread]


def has_begun(folder: Path, attempt: Attempt) -> bool:
    """Whether the staged recipe has reached the point at which it hangs."""
    return (folder / str(attempt.job)).exists()


def process_of(attempt: Attempt) -> int:
    """Return the process id of the attempt's child."""
    process_id = Attempt.objects.values_list("process_id", flat=True).get(id=attempt.id)
    assert process_id
    return process_id


def is_running(process_id: int) -> bool:
    """Whether a process is there and not a zombie."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process_id}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("behaviour", [staged_recipes.HANG, staged_recipes.IGNORE_TERM])
def test_cancel_takes_effect_within_two_seconds(
    staged: Path, in_background: InBackground, behaviour: UUID
) -> None:
    attempt = accept_job(offer_for(behaviour), 1)
    in_background(attempt)
    wait_until(lambda: has_begun(staged, attempt))
    child = process_of(attempt)
    request_cancel(attempt.job)
    assert wait_until(lambda: state_of(attempt) == "cancelled") < 2.0
    assert not is_running(child)
    assert states_told(attempt.job) == ["running", "cancelled"]


def test_cancel_before_the_start_ends_at_once(staged: Path) -> None:
    attempt = accept_job(offer_for(staged_recipes.HANG), 1)
    request_cancel(attempt.job)
    run_attempt(attempt.id)
    assert states_told(attempt.job) == ["cancelled"]


def test_late_cancel_changes_nothing(staged: Path) -> None:
    attempt = accept_job(offer_for(staged_recipes.SUCCEED), 1)
    run_attempt(attempt.id)
    request_cancel(attempt.job)
    assert states_told(attempt.job) == ["running", "succeeded"]


def test_lost_lease_stops_the_process(staged: Path, in_background: InBackground) -> None:
    attempt = accept_job(offer_for(staged_recipes.HANG), 1)
    thread = in_background(attempt)
    wait_until(lambda: has_begun(staged, attempt))
    child = process_of(attempt)
    give_up(attempt.job, 1)
    thread.join(5)
    assert not is_running(child)
    assert (state_of(attempt), states_told(attempt.job)) == ("lost", ["running"])


def test_killed_child_starts_again_cleanly(staged: Path, in_background: InBackground) -> None:
    attempt = accept_job(offer_for(staged_recipes.SLOW_ONCE), 1)
    in_background(attempt).join(0)
    wait_until(lambda: has_begun(staged, attempt))
    os.kill(process_of(attempt), signal.SIGKILL)
    wait_until(lambda: state_of(attempt) == "held")
    run_attempt(attempt.id)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.run) == ("succeeded", 2)
    assert Project.objects.filter(title=str(attempt.job)).count() == 1
    assert states_told(attempt.job) == ["running", "succeeded"]


def test_child_that_is_always_killed_has_crashed(
    staged: Path, in_background: InBackground, settings: Settings
) -> None:
    settings.JOB_RUNS = 1
    attempt = accept_job(offer_for(staged_recipes.HANG), 1)
    in_background(attempt)
    wait_until(lambda: has_begun(staged, attempt))
    os.kill(process_of(attempt), signal.SIGKILL)
    wait_until(lambda: state_of(attempt) == "failed")
    assert Failure.objects.get(attempt=attempt).code == "job.crashed"


def test_two_runs_never_write_together(staged: Path, settings: Settings) -> None:
    attempt = accept_job(offer_for(staged_recipes.SUCCEED), 1)
    first = claim_attempt(attempt.id)
    assert first is not None
    assert claim_attempt(attempt.id) is None
    settings.JOB_SILENT_SECONDS = 0.0
    second = claim_attempt(attempt.id)
    assert second is not None
    assert second.run == 2
    from annex.contract.enums import JobState

    with pytest.raises(AttemptFenced), JobContext(first, staged).write():
        Project.objects.create(id=attempt.job, title="late")
    assert not finish_attempt(first, JobState.SUCCEEDED)
    assert finish_attempt(second, JobState.SUCCEEDED)
    assert not Project.objects.exists()


@pytest.fixture
def celery_worker(staged: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Return a function that starts a real Celery worker with its beat."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        options = ["--concurrency", "2", "--beat", "--schedule", str(staged / "beat")]
        command = [sys.executable, "-m", "celery", "--app", "worker.celery", "worker", *options]
        log = (staged / "celery.log").open("ab")
        process = subprocess.Popen(command, start_new_session=True, stdout=log, stderr=log)
        started.append(process)
        return process

    yield start
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize("long", [False, True], ids=["strict", "sticky"])
def test_killed_celery_worker_is_recovered_by_the_sweeper(
    staged: Path, celery_worker: Callable[[], subprocess.Popen[bytes]], long: bool
) -> None:
    attempt = accept_job(offer_for(staged_recipes.SLOW_ONCE, long=long), 1)
    first = celery_worker()
    wait_until(lambda: has_begun(staged, attempt))
    child = process_of(attempt)
    os.killpg(first.pid, signal.SIGKILL)
    wait_until(lambda: not is_running(child))
    celery_worker()
    wait_until(lambda: state_of(attempt) == "succeeded")
    attempt.refresh_from_db()
    assert attempt.run == 2
    assert Project.objects.filter(title=str(attempt.job)).count() == 1
    assert states_told(attempt.job) == ["running", "succeeded"]
