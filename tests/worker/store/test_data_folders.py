"""Real annotated sets in, and as JSONL out again. `benchmarks.data_folders` does so with all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from io import BytesIO
from itertools import islice
from pathlib import Path

import orjson
import pytest

from benchmarks.data_folders import comparable, data_files, expected_rows
from benchmarks.store_ground import REPOSITORY
from tests.worker.cast import Stage
from tests.worker.store.conftest import give_file
from tests.worker.store.test_export import exported_bytes
from worker.jobs.context import JobContext
from worker.projects.models import Label
from worker.store.formats.detect import guess_plan
from worker.store.plans import OnBadRows

Run = Callable[..., JobContext]
SHARED = Path(os.environ.get("ANNEX_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
FILES = [*data_files(SHARED, "test.jsonl"), *data_files(SHARED / "_formats")]
SAMPLE_LINES = 40

pytestmark = pytest.mark.skipif(not FILES, reason="needs ANNEX_SHARED_DATA")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SHARED)))
def test_a_real_file_comes_back_equal(
    file: Path, stage: Stage, run_import: Run, run_export: Run
) -> None:
    with file.open("rb") as stream:
        body = b"".join(islice(stream, SAMPLE_LINES))
    kept = {"on_bad_rows": OnBadRows.SKIP, "may_overlap": True}
    plan = guess_plan(BytesIO(body), file.name).model_copy(update=kept)
    expected, labels = expected_rows(orjson.loads(line) for line in body.split(b"\n") if line)
    for position, name in enumerate(sorted(labels)):
        Label.objects.create(
            id=uuid.uuid4(), project=stage.project, name=name, colour="#1f6f5c", position=position
        )
    give_file(stage, body, plan.model_dump(mode="json"))
    run_import()
    lines = exported_bytes(run_export()).split(b"\n")
    assert [comparable(orjson.loads(line)) for line in lines if line] == expected
