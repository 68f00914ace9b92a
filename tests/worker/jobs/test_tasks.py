"""What Celery is told about the doorbells."""

from __future__ import annotations

import subprocess
import sys

from annex.contract.enums import JobRecipe
from annex.contract.recipes import LEASE_CLASS_OF
from django.conf import settings

from common.celery import SETTINGS
from worker.jobs.tasks import run_attempt_task, run_long_attempt_task


def test_short_jobs_end_before_the_broker_gives_their_message_away() -> None:
    assert SETTINGS["task_soft_time_limit"] > settings.JOB_SHORT_SECONDS
    assert run_attempt_task.acks_late


def test_long_jobs_are_acknowledged_at_once_and_outlive_the_common_limit() -> None:
    assert not run_long_attempt_task.acks_late
    assert run_long_attempt_task.soft_time_limit is not None
    assert run_long_attempt_task.soft_time_limit > settings.JOB_LONG_SECONDS
    assert {r for r, lease in LEASE_CLASS_OF.items() if lease == "sticky"} == {
        JobRecipe.TRAIN,
        JobRecipe.TRAIN_CURVE,
        JobRecipe.PRETRAIN,
        JobRecipe.PREDICT_FILES,
        JobRecipe.PUBLISHED,
    }


def test_command_line_lists_what_it_can_do() -> None:
    command = [sys.executable, "-m", "worker", "jobs", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert {"list", "show", "run", "cancel"} <= set(done.stdout.split())
