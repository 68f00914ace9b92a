"""kill -9 in the middle of an import, with every row already moved but nothing committed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from annex.contract.enums import JobRecipe

from tests.worker.cast import Stage, make_stage
from tests.worker.store.conftest import give_file, import_arguments, make_context
from worker.recipes import import_
from worker.store.models import Example, ImportRun

CHILD = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.FILES = Path(sys.argv[2]) / "files"
from annex.contract.recipes import ImportArguments
from worker.jobs.context import JobContext
from worker.jobs.models import Attempt
from worker.recipes import import_
publish = import_.publish
def publish_and_wait(target):
    publish(target)
    print("moved", flush=True)
    time.sleep(60)
import_.publish = publish_and_wait
context = JobContext(Attempt.objects.get(id=sys.argv[1]), Path(sys.argv[2]))
import_.run(context, ImportArguments.model_validate_json(sys.argv[3]))
"""


@pytest.fixture
def killed_stage(transactional_db: None) -> Stage:
    stage = make_stage()
    stage.asset.dataset_id, stage.asset.evaluation_dataset_id = (
        stage.dataset.id,
        stage.evaluation.id,
    )
    give_file(stage, "".join(f'{{"text": "row {"x" * n}"}}\n' for n in range(200)), hold_back=40)
    return stage


def test_a_killed_import_shows_nothing_and_runs_again_cleanly(
    killed_stage: Stage, tmp_path: Path
) -> None:
    context = make_context(killed_stage, JobRecipe.IMPORT, tmp_path)
    arguments = import_arguments(killed_stage)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(context.attempt.id), str(tmp_path),
         arguments.model_dump_json()],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == b"moved\n"
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert not Example.objects.exists()

    import_.run(context, arguments)
    assert list(ImportRun.objects.values_list("state", "rows")) == [("visible", 200)]
    assert Example.objects.visible_in([killed_stage.evaluation.id]).count() == 40
    assert Example.objects.visible_in([killed_stage.dataset.id]).count() == 160
