"""What is left of an attempt whose supervisor was killed between its end and its clearing up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from annex.contract.enums import JobState
from django.conf import settings
from django.utils import timezone

from tests.worker.jobs.conftest import offer_for
from tests.worker.jobs.staged import recipes as staged_recipes
from worker.jobs.actions import accept_job, claim_attempt, finish_attempt
from worker.jobs.models import Attempt
from worker.jobs.remains import scratch_folder
from worker.jobs.tasks import sweep_attempts_task


def abandoned(state: JobState | None) -> Path:
    """Return the scratch folder of an attempt that reached a state long ago, or runs."""
    accepted = accept_job(offer_for(staged_recipes.SUCCEED), 1)
    attempt = claim_attempt(accepted.id)
    assert attempt is not None
    if state is not None:
        finish_attempt(attempt, state)
        ended = timezone.now() - timedelta(seconds=settings.JOB_SILENT_SECONDS + 1)
        Attempt.objects.filter(id=attempt.id).update(finished_at=ended)
    folder = scratch_folder(attempt)
    folder.mkdir(parents=True)
    return folder


def test_sweeper_removes_what_attempts_that_are_over_left_behind(staged: Path) -> None:
    left = [abandoned(state) for state in (JobState.SUCCEEDED, JobState.CANCELLED)]
    sweep_attempts_task()
    assert [folder for folder in left if folder.parent.exists()] == []


def test_sweeper_leaves_the_folder_of_one_that_runs(staged: Path) -> None:
    folder = abandoned(None)
    sweep_attempts_task()
    assert folder.is_dir()
