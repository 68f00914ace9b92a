"""Jobs are run in real subprocesses, under settings that stage their recipes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import JobRecipe, LeaseClass
from annex.contract.inbound import JobOffer
from django.db import connection
from pytest_django import Settings

from tests.worker.jobs.staged import settings as staged_settings
from tests.worker.jobs.staged.recipes import find_staged
from worker.jobs import recipes
from worker.jobs.models import Attempt
from worker.jobs.tasks import run_attempt

SHORT_TIMES = ("JOB_HEARTBEAT_SECONDS", "JOB_SILENT_SECONDS", "JOB_SWEEP_SECONDS")


@pytest.fixture
def staged(
    transactional_db: None,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Path:
    """Stage the recipes here and in subprocesses; the folder shows which jobs have begun."""
    for name in SHORT_TIMES:
        setattr(settings, name, getattr(staged_settings, name))
    settings.LOCAL_FOLDER = tmp_path / "files"
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.worker.jobs.staged.settings")
    monkeypatch.setenv("STAGED_FOLDER", str(tmp_path))
    monkeypatch.setattr(recipes, "_finders", [find_staged])
    return tmp_path


def offer_for(behaviour: UUID, *, long: bool = False, epoch: int = 1) -> JobOffer:
    """Return an offer of a job that behaves as staged."""
    arguments = (
        {"model": str(uuid4()), "datasets": [str(behaviour)]}
        if long
        else {"dataset": str(behaviour)}
    )
    return JobOffer.model_validate(
        {
            "job": uuid4(),
            "epoch": epoch,
            "project": uuid4(),
            "recipe": JobRecipe.TRAIN if long else JobRecipe.EXPORT,
            "arguments": arguments,
            "lease_class": LeaseClass.STICKY if long else LeaseClass.STRICT,
        }
    )


@pytest.fixture
def in_background() -> Iterator[Callable[[Attempt], threading.Thread]]:
    """Return a function that runs an attempt in a thread, as a Celery child would."""
    threads: list[threading.Thread] = []

    def start(attempt: Attempt) -> threading.Thread:
        def work() -> None:
            try:
                run_attempt(attempt.id)
            finally:
                connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        threads.append(thread)
        return thread

    yield start
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
