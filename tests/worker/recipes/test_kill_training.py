"""A training whose process is killed, or which is cancelled, in a real subprocess."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from annex.contract.enums import JobRecipe, LeaseClass
from annex.contract.inbound import JobOffer
from django.db import connection
from pytest_django import Settings

from tests.worker.cast import Stage, make_stage
from tests.worker.jobs.waiting import state_of, states_told, wait_until
from tests.worker.training.gold import answer_cities
from worker.jobs.actions import accept_job, request_cancel
from worker.jobs.models import Attempt
from worker.jobs.tasks import run_attempt
from worker.training.models import TrainedModel

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def offer_training(stage: Stage, max_steps: int) -> JobOffer:
    """Return an offer to train on the stage's answers."""
    return JobOffer.model_validate(
        {
            "job": uuid4(),
            "epoch": 1,
            "project": stage.project.id,
            "recipe": JobRecipe.TRAIN,
            "arguments": {
                "model": str(uuid4()),
                "datasets": [str(stage.dataset.id)],
                "max_steps": max_steps,
            },
            "lease_class": LeaseClass.STICKY,
        }
    )


def training_process(attempt: Attempt) -> int | None:
    """Return the child's process id once it trains."""
    row = Attempt.objects.filter(id=attempt.id, stage="training", process_id__isnull=False)
    return row.values_list("process_id", flat=True).first()


@pytest.fixture
def stage(settings: Settings) -> Iterator[Stage]:
    """A project with forty answers."""
    stage = make_stage()
    answer_cities(stage, 40)
    yield stage
    assert not list((Path(settings.LOCAL_FOLDER) / "scratch").glob("*"))


def in_thread(attempt: Attempt) -> threading.Thread:
    """Run an attempt as a Celery child would."""

    def work() -> None:
        try:
            run_attempt(attempt.id)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_killed_training_starts_again_and_succeeds(stage: Stage) -> None:
    attempt = accept_job(offer_training(stage, 60), 1)
    thread = in_thread(attempt)
    wait_until(lambda: training_process(attempt) is not None)
    os.kill(training_process(attempt) or 0, signal.SIGKILL)
    thread.join(20)
    assert state_of(attempt) == "held"
    run_attempt(attempt.id)
    assert state_of(attempt) == "succeeded"
    assert states_told(attempt.job) == ["running", "succeeded"]
    assert TrainedModel.objects.get().training_examples == 40


def test_cancelled_training_ends_within_two_seconds(stage: Stage) -> None:
    attempt = accept_job(offer_training(stage, 100_000), 1)
    thread = in_thread(attempt)
    wait_until(lambda: training_process(attempt) is not None)
    request_cancel(attempt.job)
    assert wait_until(lambda: state_of(attempt) == "cancelled") < 2.0
    thread.join(20)
    assert not TrainedModel.objects.exists()
