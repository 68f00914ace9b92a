"""kill -9 while a stream is drawn, wherever it is: nothing comes twice and nothing is left out."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import psutil
import pytest

from tests.worker.cast import make_stage
from tests.worker.published.conftest import House, give_recipe, recipe_of
from worker.published.models import RecipeFailure, Stream
from worker.queue.models import QueueItem
from worker.store.models import Example

COUNT = 900
CHILD = """
import sys
import django
django.setup()
from pathlib import Path
from uuid import UUID
from django.conf import settings
settings.LOCAL_FOLDER = Path(sys.argv[2])
from worker.published.drawing import top_up
from worker.published.models import Stream
from worker.queue.models import QueueItem
task = UUID(sys.argv[1])
while Stream.objects.get(task_id=task).state == "open":
    QueueItem.objects.update(open_slots=0)
    top_up(task)
"""


def draw(task: UUID, local: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", CHILD, str(task), str(local)])


def kill(child: subprocess.Popen[bytes]) -> None:
    """Kill it, and see that the recipe it had started is gone as well."""
    started = psutil.Process(child.pid).children(recursive=True)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    _, alive = psutil.wait_procs(started, timeout=5)
    assert alive == []


@pytest.mark.slow
@pytest.mark.parametrize("plain", [True, False], ids=["iterable", "resume"])
def test_a_killed_draw_neither_repeats_nor_skips(
    transactional_db: None, house: House, environments: Path, plain: bool
) -> None:
    stage, chance = make_stage(), random.Random(7)
    recipe = recipe_of(
        house.install("unruly_recipes"), "unruly.slow", {"plain": plain, "count": COUNT}
    )
    give_recipe(stage, recipe)
    kills = 0
    for _ in range(4):
        child = draw(stage.task.id, environments)
        time.sleep(chance.uniform(1.5, 5.0))
        if child.poll() is None:
            kill(child)
            kills += 1
    assert draw(stage.task.id, environments).wait(60) == 0
    assert kills
    texts = Example.objects.visible_in([stage.dataset.id]).values_list("text", flat=True)
    assert list(texts) == [f"Text number {number}." for number in range(COUNT)]
    stream = Stream.objects.get(task_id=stage.task.id)
    assert (stream.state, stream.taken) == ("ended", COUNT)
    assert QueueItem.objects.filter(task_id=stage.task.id).count() == COUNT
    assert not RecipeFailure.objects.exists()
