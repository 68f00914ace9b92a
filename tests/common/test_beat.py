from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery
from celery.worker.components import Beat

from common.beat import BeatWatch, revive_beat
from common.celery import doorbell_app


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Any]:
    """As much of a Celery worker as its beat needs."""
    app = Celery("test", broker="memory://", set_as_current=False)
    worker = SimpleNamespace(
        app=app, pool_cls="prefork", schedule_filename=str(tmp_path / "beat"), scheduler=None
    )
    step = Beat(worker, beat=True)
    step.obj = step.create(worker)
    step.obj.start()
    worker.steps = [step]
    yield worker
    step.stop(worker)


def test_a_beat_that_was_killed_is_started_again(worker: Any) -> None:
    first = worker.beat
    os.kill(first.pid, signal.SIGKILL)
    first.join(10)
    revive_beat(worker)
    assert worker.beat is not first
    assert worker.beat.is_alive()


def test_a_living_beat_is_left_alone(worker: Any) -> None:
    first = worker.beat
    revive_beat(worker)
    assert worker.beat is first


def test_both_planes_watch_their_beat() -> None:
    assert BeatWatch in doorbell_app("test").steps["worker"]
