"""One project full of canaries, people in front of its door, and every URL of the worker."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from annex.contract.enums import Role
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django import Settings

from tests.worker.cast import TESTS, Stage, make_stage, sign_in
from tests.worker.people.control_plane import enrol
from tests.worker.training.measured import keep_evaluation
from worker.comments.models import Comment
from worker.people.actions import approve_subject
from worker.people.models import Subject
from worker.published.models import Package, Text
from worker.queue.filling import fill_queue
from worker.store.files import stored_files
from worker.store.models import Artefact, Asset, BadRow, ImportRun
from worker.training.models import Prediction

CANARY = "zebrafinch-7731"
METHODS = ("get", "post", "put", "patch", "delete")


def walk(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns)
        else:
            yield pattern


ROUTES = {str(pattern.name): pattern for pattern in walk(get_resolver().url_patterns)}


@dataclass
class Scene:
    """One project full of canaries, and people in front of its door."""

    stage: Stage
    people: dict[str, Client]
    neighbour: Subject
    ids: dict[str, Any] = field(default_factory=dict)

    def url(self, name: str) -> str:
        wanted = ROUTES[name].pattern.converters
        kind = {
            "asset-patterns": "patterns",
            "try-rules": "patterns",
            "asset-guidelines": "guidelines",
        }.get(name, "asset")
        values = self.ids | {"asset": self.ids[kind]}
        return reverse(name, kwargs={key: values[key] for key in wanted})


@pytest.fixture
def scene(db: None, settings: Settings, tmp_path: Path) -> Scene:
    enrol()
    stage, other = make_stage(CANARY), make_stage("Elsewhere")
    settings.ROOTS = {"files": tmp_path}
    (tmp_path / f"{CANARY}.csv").write_text("text\n")
    owner = stage.person("Olga", Role.OWNER)
    developer = stage.person("Dev", Role.DEVELOPER)
    annotator = stage.person("Ada", Role.ANNOTATOR, on_task=True)
    teammate = stage.person("Tim", Role.ANNOTATOR)
    stranger = other.person("Eve", Role.ANNOTATOR, on_task=True)
    boss = approve_subject(uuid.uuid4(), name="Bo", role=Role.ADMIN, by=TESTS)
    neighbour = other.person("Ned", Role.DEVELOPER, on_task=True)
    mine, theirs = stage.project.id, other.project.id
    people = {
        "owner": sign_in(owner, {mine: Role.OWNER}),
        "developer": sign_in(developer, {mine: Role.DEVELOPER}),
        "annotator": sign_in(annotator, {mine: Role.ANNOTATOR}),
        "teammate": sign_in(teammate, {mine: Role.ANNOTATOR}),
        "stranger": sign_in(stranger, {theirs: Role.ANNOTATOR}),
        "neighbour": sign_in(neighbour, {theirs: Role.DEVELOPER}),
        # In no project at all: what the pages of the cluster show is not one project's.
        "boss": sign_in(boss, {}),
        "anonymous": Client(),
    }
    return Scene(stage, people, neighbour, one_of_everything(stage))


def one_of_everything(stage: Stage) -> dict[str, Any]:
    """Make one of everything that a URL can name."""
    (example,) = stage.examples([f"Some {CANARY} text."])
    fill_queue(stage.task)
    project = stage.project.id
    kinds = {
        kind: Asset.objects.create(id=uuid.uuid4(), project_id=project, name=CANARY, kind=kind)
        for kind in ("patterns", "guidelines")
    }
    run = ImportRun.objects.create(asset=stage.asset, job=uuid.uuid4())
    BadRow.objects.create(import_run=run, line=1, code="x", message=CANARY)
    job = uuid.uuid4()
    stored_files().put(f"exports/{job}.jsonl", BytesIO(CANARY.encode()))
    details = {"examples": 1, "format": "jsonl", "not_expressible": 0}
    Artefact.objects.create(
        id=job, project_id=project, kind="export", file_key=f"exports/{job}.jsonl",
        file_name=f"{CANARY}.jsonl", size_bytes=1, sha256="0" * 64, details=details,
    )  # fmt: skip
    Comment.objects.create(
        id=uuid.uuid4(), task=stage.task, example=example, author=uuid.uuid4(), role="developer",
        text=CANARY, created_at=timezone.now(),
    )  # fmt: skip
    evaluation = keep_evaluation(stage, [])
    Prediction.objects.create(
        evaluation=evaluation, example=example, gold=[], predicted=[[0, 4, CANARY]],
        right=0, wrong=1, missed=0,
    )  # fmt: skip
    package = Package.objects.create(
        name="polite-recipes", version="1.0.0", digest="0" * 64, state=Package.State.WAITING,
        published_by=uuid.uuid4(), log=CANARY,
    )  # fmt: skip
    Text.objects.create(project_id=project, text=CANARY, written_by=uuid.uuid4())
    return {
        "package": package.id,
        "task": stage.task.id,
        "task_id": stage.task.id,
        "project": project,
        "label": stage.labels[0].id,
        "example": example.uid,
        "answer_id": uuid.uuid4(),
        "comment": uuid.uuid4(),
        "asset": stage.asset.id,
        "patterns": kinds["patterns"].id,
        "guidelines": kinds["guidelines"].id,
        "job": job,
        "root": "files",
        "token": "never-made",
        "code": "7KQX-M2RT",
        "model": uuid.uuid4(),
        "evaluation": evaluation.id,
        "other": evaluation.id,
        "ref": uuid.uuid4(),
        "seq": 1,
        "subject": uuid.uuid4(),
        "secret": uuid.uuid4(),
    }
