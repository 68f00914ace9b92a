"""From an accepted offer through a real subprocess to its end."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.worker.jobs.conftest import offer_for
from tests.worker.jobs.staged import recipes as staged_recipes
from tests.worker.jobs.waiting import state_of, states_told
from worker.jobs.actions import accept_job
from worker.jobs.models import Attempt, Failure
from worker.jobs.tasks import run_attempt
from worker.link.models import OutboxEvent
from worker.projects.models import Project


def run_job(behaviour: UUID) -> Attempt:
    """Accept a job and run it to its end."""
    attempt = accept_job(offer_for(behaviour), 1)
    run_attempt(attempt.id)
    attempt.refresh_from_db()
    return attempt


def test_job_succeeds_with_its_events_in_order(staged: Path) -> None:
    attempt = run_job(staged_recipes.SUCCEED)
    assert attempt.state == "succeeded"
    assert (attempt.stage, attempt.done, attempt.total) == ("writing", 4, 4)
    assert states_told(attempt.job) == ["running", "succeeded"]
    assert Project.objects.filter(title=str(attempt.job)).count() == 1
    assert not (staged / "files" / "scratch" / str(attempt.id)).exists()


def test_accepting_again_changes_nothing(staged: Path) -> None:
    offer = offer_for(staged_recipes.SUCCEED)
    first = accept_job(offer, 1)
    run_attempt(first.id)
    again = accept_job(offer, 1)
    run_attempt(again.id)
    assert again.id == first.id
    assert states_told(offer.job) == ["running", "succeeded"]


def test_newer_epoch_fences_the_older(staged: Path) -> None:
    offer = offer_for(staged_recipes.SUCCEED)
    old = accept_job(offer, 1)
    new = accept_job(offer, 2)
    run_attempt(old.id)
    run_attempt(new.id)
    assert (state_of(old), state_of(new)) == ("lost", "succeeded")


@pytest.mark.parametrize(
    ("behaviour", "code", "affected"),
    [
        (staged_recipes.FAIL, "dataset.no_examples", 3),
        (staged_recipes.RAISE, "job.internal", None),
    ],
)
def test_failure_keeps_its_words_on_the_cluster(
    staged: Path, behaviour: UUID, code: str, affected: int | None
) -> None:
    attempt = run_job(behaviour)
    failure = Failure.objects.get(attempt=attempt)
    told = OutboxEvent.objects.get(kind="job.failed").body
    assert attempt.state == "failed"
    assert (told["code"], told["affected"], told["ref"]) == (code, affected, str(failure.ref))
    assert staged_recipes.SECRET in failure.traceback
    assert not [e for e in OutboxEvent.objects.all() if staged_recipes.SECRET in str(e.body)]


def test_crash_is_a_failure_and_not_tried_again(staged: Path) -> None:
    attempt = run_job(staged_recipes.SEGFAULT)
    failure = Failure.objects.get(attempt=attempt)
    assert (attempt.state, attempt.run, failure.code) == ("failed", 1, "job.crashed")


def test_half_written_rows_go_with_the_failure(staged: Path) -> None:
    attempt = run_job(staged_recipes.WRITE_THEN_FAIL)
    assert attempt.state == "failed"
    assert not Project.objects.filter(title=str(attempt.job)).exists()


def test_recipe_that_is_not_allowed_fails_without_running(staged: Path, settings: Settings) -> None:
    settings.ALLOWED_RECIPES = ("import.v1",)
    attempt = run_job(staged_recipes.SUCCEED)
    assert (attempt.state, attempt.run) == ("failed", 0)
    assert OutboxEvent.objects.get(kind="job.failed").body["code"] == "job.refused_operation"


def test_arguments_that_do_not_fit_fail_without_running(staged: Path) -> None:
    offer = offer_for(staged_recipes.SUCCEED)
    bad = offer.model_copy(update={"arguments": {"path": "/etc/passwd"}})
    attempt = accept_job(bad, 1)
    assert state_of(attempt) == "failed"
    assert OutboxEvent.objects.get(kind="job.failed").body["code"] == "job.bad_arguments"


def test_time_limit_ends_a_job(staged: Path, settings: Settings) -> None:
    settings.JOB_SHORT_SECONDS = 3.0
    attempt = run_job(staged_recipes.HANG)
    assert attempt.state == "failed"
    assert Failure.objects.get(attempt=attempt).code == "job.timed_out"


def test_slots_bound_what_runs_at_once(staged: Path, settings: Settings) -> None:
    settings.SLOTS = 0
    attempt = run_job(staged_recipes.SUCCEED)
    assert (attempt.state, attempt.run) == ("held", 0)
