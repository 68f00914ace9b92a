"""An import or export run in this process, as the attempt's own process runs it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import pytest
from annex.contract.enums import JobRecipe, JobState, LeaseClass, Role
from annex.contract.recipes import ExportArguments, ImportArguments
from django.test import Client
from pytest_django import Settings

from common.places import BucketPrefix
from tests.worker.cast import Stage, make_stage, sign_in
from tests.worker.store.buckets import BUCKET, s3_server
from worker.jobs.context import JobContext
from worker.jobs.models import Attempt
from worker.recipes import export, import_
from worker.store.files import stored_files
from worker.store.growth import forget
from worker.store.models import Asset
from worker.store.plans import Plan
from worker.store.s3 import s3_client

JSONL = {"format": "jsonl", "spans_column": "spans", "answer_column": "answer"}


@pytest.fixture(autouse=True)
def files_folder(settings: Settings, tmp_path: Path) -> Path:
    """Give each test a storage of its own."""
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """Run one S3 server for the tests of this process."""
    with s3_server() as address:
        yield address


@pytest.fixture
def bucket(s3_address: str, settings: Settings) -> Iterator[BucketPrefix]:
    """Return an empty place in a bucket of a real server, which the settings lead to."""
    settings.S3_ENDPOINT, settings.S3_REGION = s3_address, "us-east-1"
    settings.S3_ACCESS_KEY = settings.S3_SECRET_KEY = "tests"
    s3_client.cache_clear()
    s3_client().create_bucket(Bucket=BUCKET)
    yield BucketPrefix(BUCKET, f"{uuid.uuid4()}/")
    s3_client.cache_clear()


class Place(Protocol):
    """The root `data`, whatever it is made of; names are paths below it."""

    def write(self, name: str, body: bytes | str) -> None: ...

    def remove(self, name: str) -> None: ...


class FolderPlace:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, body: bytes | str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode() if isinstance(body, str) else body)

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()


class BucketPlace:
    def __init__(self, place: BucketPrefix) -> None:
        self.place = place

    def write(self, name: str, body: bytes | str) -> None:
        key = self.place.prefix + name
        s3_client().put_object(Bucket=self.place.bucket, Key=key, Body=body)

    def remove(self, name: str) -> None:
        s3_client().delete_object(Bucket=self.place.bucket, Key=self.place.prefix + name)


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Place:
    """Return the empty root `data`, once a folder and once in a bucket."""
    if request.param == "bucket":
        prefix = request.getfixturevalue("bucket")
        settings.ROOTS = {"data": prefix}
        return BucketPlace(prefix)
    folder = tmp_path / "data-root"
    folder.mkdir()
    settings.ROOTS = {"data": folder}
    return FolderPlace(folder)


@pytest.fixture
def developer(stage: Stage) -> Client:
    person = stage.person("Dora", Role.DEVELOPER)
    return sign_in(person, {stage.project.id: Role.DEVELOPER})


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    call = getattr(client, method)
    return call(path, json.dumps(body), content_type="application/json") if body else call(path)


def address(asset: Asset, rest: str = "") -> str:
    return f"/api/assets/{asset.id}{rest}"


def jsonl(*texts: str) -> str:
    return "".join(json.dumps({"text": text}) + "\n" for text in texts)


def pick_pattern(developer: Client, stage: Stage, pattern: str, hold_back: int = 0) -> None:
    """Take what a pattern finds as the stage's data, and confirm it as it was guessed."""
    chosen = {"root": "data", "pattern": pattern}
    picked = send(developer, "post", address(stage.asset, "/pick"), chosen)
    assert picked.status_code == 200, picked.content
    plan = {"plan": picked.json()["plan"], "hold_back": hold_back}
    confirmed = send(developer, "post", address(stage.asset, "/confirm"), plan)
    assert confirmed.status_code == 200, confirmed.content
    stage.asset.refresh_from_db()


@pytest.fixture
def stage(db: None) -> Stage:
    """Return a project with a data asset, two datasets and the labels FIELD and VALUE."""
    stage = make_stage()
    stage.asset.dataset_id, stage.asset.evaluation_dataset_id = (
        stage.dataset.id,
        stage.evaluation.id,
    )
    stage.asset.save()
    return stage


def give_file(
    stage: Stage, content: bytes | str, plan: dict[str, Any] | None = None, *, hold_back: int = 0
) -> None:
    """Put a file behind the stage's data asset, as uploading and confirming it would."""
    body = content.encode() if isinstance(content, str) else content
    key = f"uploads/{stage.asset.id}"
    written = stored_files().put(key, BytesIO(body))
    stage.asset.file_key, stage.asset.size_bytes = key, written.size_bytes
    stage.asset.plan = Plan.model_validate(plan or JSONL).model_dump(mode="json")
    stage.asset.state, stage.asset.hold_back = "ready", hold_back
    stage.asset.save()
    forget(stage.asset)


def make_context(stage: Stage, recipe: JobRecipe, folder: Path) -> JobContext:
    """Return the context of a running attempt."""
    attempt = Attempt.objects.create(
        job=uuid.uuid4(),
        epoch=1,
        run=1,
        project_id=stage.project.id,
        recipe=recipe.value,
        lease_class=LeaseClass.STRICT.value,
        state=JobState.RUNNING.value,
    )
    return JobContext(attempt, folder)


@pytest.fixture
def run_import(stage: Stage, tmp_path: Path) -> Callable[..., JobContext]:
    """Return a function that imports the stage's file, again with the same context when given."""

    def run(context: JobContext | None = None) -> JobContext:
        context = context or make_context(stage, JobRecipe.IMPORT, tmp_path)
        import_.run(context, import_arguments(stage))
        return context

    return run


def import_arguments(stage: Stage) -> ImportArguments:
    return ImportArguments(
        asset=stage.asset.id,
        dataset=stage.dataset.id,
        evaluation_dataset=stage.asset.evaluation_dataset_id,
    )


@pytest.fixture
def run_export(stage: Stage, tmp_path: Path) -> Callable[..., JobContext]:
    """Return a function that exports the stage's main dataset."""

    def run(**arguments: Any) -> JobContext:
        context = make_context(stage, JobRecipe.EXPORT, tmp_path)
        export.run(context, ExportArguments(dataset=stage.dataset.id, **arguments))
        return context

    return run
