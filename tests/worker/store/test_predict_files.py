"""Predicting whole files: in shards, on any number of processes, each part whole or not at all."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet
import pytest
from annex.contract.enums import FailureCode, JobRecipe, PredictedFormat, PredictorKind
from annex.contract.recipes import PredictFilesArguments, PredictorRef
from django.db import connection
from django.test import Client
from pytest_django import Settings

from common.places import BucketPrefix
from tests.worker.cast import Stage
from tests.worker.store.conftest import FolderPlace, Place, jsonl, make_context, pick_pattern
from worker.jobs.actions import request_cancel
from worker.jobs.context import JobContext
from worker.jobs.errors import JobCancelled, JobFailure
from worker.jobs.helping import help_attempt
from worker.jobs.models import Attempt, Shard
from worker.jobs.shards import take_shard
from worker.link.models import OutboxEvent
from worker.predictors.base import Arc
from worker.recipes import predict_files
from worker.store import pieces
from worker.store.files import storage_at, stored_files
from worker.store.formats.predicted_out import PredictedRow, predicted_writer
from worker.store.models import Asset

TEXTS = [f"row {number} sets Size to {'x' * (number % 50)}" for number in range(600)]


@pytest.fixture
def rules(stage: Stage) -> PredictorRef:
    """Return rules that mark every `Size`."""
    asset = Asset.objects.create(
        id=uuid.uuid4(), project_id=stage.project.id, name="rules", kind="patterns", state="ready"
    )
    asset.file_key = f"patterns/{asset.id}"
    body = orjson.dumps({"label": "FIELD", "pattern": "Size"})
    stored_files().put(asset.file_key, BytesIO(body))
    asset.save()
    return PredictorRef(kind=PredictorKind.RULES, id=asset.id)


@dataclass
class Floor:
    """Texts in a root, rules to predict with, and the writable root `out`."""

    place: Place
    stage: Stage
    developer: Client
    rules: PredictorRef
    folder: Path
    kind: PredictedFormat = PredictedFormat.JSONL

    @property
    def output(self) -> Path:
        return self.folder / "out"

    @property
    def arguments(self) -> PredictFilesArguments:
        return PredictFilesArguments(
            predictor=self.rules, asset=self.stage.asset.id, output="out", format=self.kind
        )

    def give(self, texts: Sequence[str], files: int) -> None:
        """Put the texts into files, and take them as the stage's data."""
        each = len(texts) // files
        for number in range(files):
            rows = texts[number * each : (number + 1) * each]
            self.place.write(f"2026/{number:02}.jsonl", jsonl(*rows))
        pick_pattern(self.developer, self.stage, "2026/*.jsonl")

    def context(self, **kwargs: Any) -> JobContext:
        context = make_context(self.stage, JobRecipe.PREDICT_FILES, self.folder)
        arguments = self.arguments.model_dump(mode="json")
        Attempt.objects.filter(id=context.attempt.id).update(arguments=arguments)
        return JobContext(context.attempt, self.folder, **kwargs)


@pytest.fixture
def floor(
    place: Place, stage: Stage, developer: Client, rules: PredictorRef, tmp_path: Path
) -> Floor:
    return Floor(place, stage, developer, rules, tmp_path)


@pytest.fixture(autouse=True)
def output(settings: Settings, tmp_path: Path) -> None:
    settings.WRITABLE_ROOTS = {"out": tmp_path / "out"}


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE_BYTES", 2000)


def parts_in(folder: Path) -> list[Path]:
    """Return the parts. A process that is killed while it writes one leaves a hidden file."""
    return sorted(path for path in folder.rglob("[!.]*") if path.is_file())


def rows_in(folder: Path) -> list[Any]:
    return [json.loads(line) for part in parts_in(folder) for line in part.open()]


def check_rows(rows: list[Any]) -> None:
    assert [row["text"] for row in rows] == TEXTS
    for row in rows:
        (span,) = row["spans"]
        assert row["text"][span["start"] : span["end"]] == "Size"
        assert span["label"] == "FIELD"


def test_every_row_is_written_once_in_order(floor: Floor, small_pieces: None) -> None:
    floor.give(TEXTS, 3)
    context = floor.context()
    predict_files.run(context, floor.arguments)
    check_rows(rows_in(floor.output))
    assert len(parts_in(floor.output)) == Shard.objects.count() > 10
    told = OutboxEvent.objects.get(kind="export.written").body
    size = sum(part.stat().st_size for part in parts_in(floor.output))
    assert (told["examples"], told["not_expressible"], told["size_bytes"]) == (600, 0, size)
    progress = OutboxEvent.objects.filter(kind="job.progress").latest("id").body
    assert (progress["stage"], progress["total"]) == ("predicting", 600)
    assert ".jsonl" not in str([event.body for event in OutboxEvent.objects.all()])


def test_parquet_in_a_bucket(
    floor: Floor, bucket: BucketPrefix, settings: Settings, small_pieces: None
) -> None:
    settings.WRITABLE_ROOTS = {"out": bucket}
    floor.kind = PredictedFormat.PARQUET
    floor.give(TEXTS, 3)
    context = floor.context()
    predict_files.run(context, floor.arguments)
    rows: list[Any] = []
    for number in range(Shard.objects.count()):
        with storage_at(bucket).open(f"{context.job}/part-{number:06}.parquet") as stream:
            rows += pyarrow.parquet.read_table(stream).to_pylist()
    check_rows(rows)


@pytest.mark.parametrize("kind", PredictedFormat)
def test_what_words_hang_from_is_written_with_both_ends(
    kind: PredictedFormat, tmp_path: Path
) -> None:
    arc = Arc(0, 5, 6, 10, "subject")
    with predicted_writer(tmp_path / "rows", kind) as writer:
        writer.write(PredictedRow("Birds sing", arcs=[arc]))
    if kind is PredictedFormat.PARQUET:
        (row,) = pyarrow.parquet.read_table(tmp_path / "rows").to_pylist()
    else:
        row = orjson.loads((tmp_path / "rows").read_bytes())
    assert row["relations"] == [
        {
            "head_span": {"start": 6, "end": 10},
            "child_span": {"start": 0, "end": 5},
            "label": "subject",
        }
    ]


def test_a_bad_row_ends_the_job_and_leaves_nothing(floor: Floor, small_pieces: None) -> None:
    floor.give(TEXTS, 3)
    floor.place.write("2026/01.jsonl", jsonl("fine") + "{oops\n")
    context = floor.context()
    with pytest.raises(JobFailure, match=r"2026/01\.jsonl, line 2") as raised:
        predict_files.run(context, floor.arguments)
    assert raised.value.code is FailureCode.BAD_ROWS
    end_and_clear_up(context, "failed")
    assert parts_in(floor.output) == []
    Asset.objects.update(plan={"format": "jsonl", "on_bad_rows": "skip"})
    predict_files.run(floor.context(), floor.arguments)
    assert len(rows_in(floor.output)) == 401
    assert OutboxEvent.objects.get(kind="export.written").body["not_expressible"] == 1


def end_and_clear_up(context: JobContext, state: str) -> None:
    Attempt.objects.filter(id=context.attempt.id).update(state=state)
    predict_files.remove_parts(context.job)


def test_a_root_that_is_not_writable_is_refused(floor: Floor) -> None:
    floor.give(TEXTS, 3)
    arguments = floor.arguments.model_copy(update={"output": "data"})
    with pytest.raises(JobFailure) as raised:
        predict_files.run(floor.context(), arguments)
    assert raised.value.code is FailureCode.OUTPUT_MISSING


def test_a_cancelled_job_leaves_nothing_and_a_later_run_goes_on(
    floor: Floor, small_pieces: None
) -> None:
    floor.give(TEXTS, 3)
    stopped = floor.context(is_cancelled=lambda: len(parts_in(floor.output)) > 2)
    with pytest.raises(JobCancelled):
        predict_files.run(stopped, floor.arguments)
    done = set(Shard.objects.filter(state="done").values_list("number", flat=True))
    assert len(done) == 3
    predict_files.remove_parts(stopped.job)  # as before every run: the attempt is not over
    first = parts_in(floor.output)[0].stat().st_mtime_ns
    Shard.objects.filter(state="running").update(state="waiting")
    predict_files.run(JobContext(stopped.attempt, floor.folder), floor.arguments)
    check_rows(rows_in(floor.output))
    assert parts_in(floor.output)[0].stat().st_mtime_ns == first
    end_and_clear_up(stopped, "cancelled")
    assert parts_in(floor.output) == []
    assert not Shard.objects.exists()


def test_who_lost_a_shard_finishes_nothing(stage: Stage, tmp_path: Path) -> None:
    context = make_context(stage, JobRecipe.PREDICT_FILES, tmp_path)
    Shard.objects.create(attempt=context.attempt, number=0, work={})
    first = take_shard(context.attempt.id, is_helped=True)
    assert first is not None
    assert take_shard(context.attempt.id, is_helped=True) is None
    Shard.objects.update(heartbeat_at="2020-01-01T00:00:00Z")
    second = take_shard(context.attempt.id, is_helped=False)
    assert second is not None
    assert not first.finish(1, {})
    assert second.finish(2, {})
    Shard.objects.update(state="running", tries=3, heartbeat_at="2020-01-01T00:00:00Z")
    assert take_shard(context.attempt.id, is_helped=False) is None
    assert Shard.objects.get().result["code"] == "job.crashed"


@pytest.fixture
def processes(
    transactional_db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[[Callable[[], object]], threading.Thread]]:
    """Let subprocesses see this test's places; return how to run something beside the test."""
    settings.FILES = Path(os.environ["ANNEX_WORKER_FILES"])  # as every test process has it
    settings.ROOTS, settings.WRITABLE_ROOTS = {"data": tmp_path / "in"}, {"out": tmp_path / "out"}
    settings.JOB_SILENT_SECONDS, settings.JOB_HEARTBEAT_SECONDS = 8.0, 0.5
    for name, value in {
        "ANNEX_WORKER_ROOTS": f"data={tmp_path}/in",
        "ANNEX_WORKER_WRITABLE_ROOTS": f"out={tmp_path}/out",
        "ANNEX_JOB_SILENT_SECONDS": "8",
        "ANNEX_JOB_HEARTBEAT_SECONDS": "0.5",
    }.items():
        monkeypatch.setenv(name, value)
    threads: list[threading.Thread] = []

    def beside(work: Callable[[], object]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            finally:
                connection.close()

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        return threads[-1]

    yield beside
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def wait_until(happened: Callable[[], Any], seconds: float = 120) -> Any:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if found := happened():
            return found
        time.sleep(0.05)
    raise TimeoutError


def children_named(*words: str) -> list[int]:
    """Return the processes of this test whose command line has all the words."""
    import psutil

    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # one that is just ending
            if set(words) <= set(child.cmdline()):
                found.append(child.pid)
    return found


LONG = [f"row {number} sets Size to " + "and so on, " * 200 for number in range(3000)]


@pytest.fixture
def helped(
    processes: Callable[[Callable[[], object]], threading.Thread],
    stage: Stage,
    developer: Client,
    rules: PredictorRef,
    tmp_path: Path,
) -> tuple[Floor, JobContext]:
    """Return a running attempt of which another process has done some shards and does more."""
    floor = Floor(FolderPlace(tmp_path / "in"), stage, developer, rules, tmp_path)
    floor.give(LONG, 60)
    context = floor.context()
    predict_files.split(context, stage.asset)
    processes(lambda: help_attempt(context.attempt.id))
    wait_until(lambda: Shard.objects.filter(is_helped=True, state="done").count() > 1)
    return floor, context


@pytest.mark.slow
def test_a_killed_helper_loses_no_row_and_doubles_none(helped: tuple[Floor, JobContext]) -> None:
    floor, context = helped
    (helper,) = children_named("help")
    os.kill(helper, signal.SIGKILL)
    wait_until(lambda: not children_named("help"))
    done = Shard.objects.filter(state="done").count()
    assert done < 60
    assert Shard.objects.filter(state="running").count() <= 1  # it may have been between two
    predict_files.run(context, floor.arguments)
    assert [row["text"] for row in rows_in(floor.output)] == LONG
    assert len(parts_in(floor.output)) == 60
    assert Shard.objects.filter(is_helped=True).count() == done


@pytest.mark.slow
def test_cancel_stops_who_helps(helped: tuple[Floor, JobContext]) -> None:
    floor, context = helped
    request_cancel(context.job)
    wait_until(lambda: not children_named("help"), seconds=10)
    assert Shard.objects.filter(state="waiting").exists()
    end_and_clear_up(context, "cancelled")
    assert parts_in(floor.output) == []
