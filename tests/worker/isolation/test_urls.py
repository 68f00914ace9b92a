"""Every URL of the worker, by every kind of person, with every method."""

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
from pytest_django import Settings

from tests.worker.cast import TESTS, Stage, make_stage, sign_in
from tests.worker.isolation.declarations import DECLARED, Access
from tests.worker.people.control_plane import enrol
from tests.worker.training.measured import keep_evaluation
from worker.people.actions import approve_subject
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


def test_every_url_is_declared() -> None:
    undeclared = set(ROUTES) - set(DECLARED)
    assert not undeclared, f"say in declarations.py who may use {sorted(undeclared)}"
    assert len(ROUTES) == sum(1 for _ in walk(get_resolver().url_patterns)), "a name is used twice"


@dataclass
class Scene:
    """One project full of canaries, and people in front of its door."""

    stage: Stage
    people: dict[str, Client]
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
    return Scene(stage, people, _things(stage))


def _things(stage: Stage) -> dict[str, Any]:
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
    evaluation = keep_evaluation(stage, [])
    Prediction.objects.create(
        evaluation=evaluation, example=example, gold=[], predicted=[[0, 4, CANARY]],
        right=0, wrong=1, missed=0,
    )  # fmt: skip
    return {
        "task": stage.task.id,
        "task_id": stage.task.id,
        "project": project,
        "label": stage.labels[0].id,
        "example": example.uid,
        "answer_id": uuid.uuid4(),
        "asset": stage.asset.id,
        "patterns": kinds["patterns"].id,
        "guidelines": kinds["guidelines"].id,
        "job": job,
        "root": "files",
        "token": "never-made",
        "model": uuid.uuid4(),
        "evaluation": evaluation.id,
        "other": evaluation.id,
        "ref": uuid.uuid4(),
        "seq": 1,
        "subject": uuid.uuid4(),
    }


ALLOWED = {
    Access.ON_TASK: {"owner", "developer", "annotator"},
    Access.DEVELOPER: {"owner", "developer"},
    Access.ADMINISTRATOR: {"owner", "boss"},
    Access.ANY_DEVELOPER: {"owner", "developer", "neighbour"},
}


def outcome(answer: Any) -> str:
    """Sum an answer up: let in, or how it was refused."""
    if answer.status_code == 401:
        return "sign in first"
    is_problem = answer.headers.get("Content-Type", "").startswith("application/problem")
    if answer.status_code == 404 and is_problem and answer.json()["code"] == "resource.not_found":
        return "not there"
    return "let in"


@pytest.mark.parametrize("name", [name for name in ROUTES if DECLARED.get(name) in ALLOWED])
def test_only_the_declared_people_are_let_in(scene: Scene, name: str) -> None:
    allowed = ALLOWED[DECLARED[name]]
    for who, client in scene.people.items():
        for method in METHODS:
            send = getattr(client, method)
            answer = send(scene.url(name), content_type="application/json", data={})
            check_answer(name, who, answer, is_allowed=who in allowed)


def check_answer(name: str, who: str, answer: Any, *, is_allowed: bool) -> None:
    seen = outcome(answer)
    if who == "anonymous":
        assert seen == "sign in first", (who, answer.status_code)
    elif not is_allowed:
        assert seen == "not there" or answer.status_code == 405, (who, answer.content)
    elif name not in NOT_IN_THE_SCENE:
        assert seen == "let in", (who, answer.content)
    if not is_allowed:
        assert CANARY.encode() not in b"".join(answer), who


NOT_IN_THE_SCENE = {
    "model",
    "model-wheel",
    "failure",
    "ledger-row",
    "approve-person",
    "refuse-person",
}
"""Made by jobs: walked for refusals here, for success in the tests of their rooms."""


@pytest.mark.parametrize("name", [n for n in ROUTES if DECLARED.get(n) is Access.SIGNED_IN])
def test_own_things_need_a_session(scene: Scene, name: str) -> None:
    for who, client in scene.people.items():
        answer = client.post(scene.url(name)) if name == "logout" else client.get(scene.url(name))
        assert (outcome(answer) == "sign in first") is (who == "anonymous")
        if who in {"stranger", "neighbour", "anonymous"}:
            assert CANARY.encode() not in answer.content


@pytest.mark.parametrize("name", [n for n in ROUTES if DECLARED.get(n) is Access.PAGE])
def test_pages_send_strangers_to_sign_in_and_carry_no_text(scene: Scene, name: str) -> None:
    for who, client in scene.people.items():
        answer = client.get(scene.url(name))
        assert CANARY.encode() not in b"".join(answer)
        assert (answer.status_code == 302) is (who == "anonymous")
    assert "/authorize?" in answer["Location"]


@pytest.mark.parametrize("name", [n for n in ROUTES if DECLARED.get(n) is Access.ANYONE])
@pytest.mark.parametrize("method", ["get", "post"])
def test_open_doors_show_nothing(scene: Scene, name: str, method: str) -> None:
    for client in scene.people.values():
        answer = getattr(client, method)(scene.url(name))
        assert answer.status_code < 500
        assert CANARY.encode() not in b"".join(answer)


def test_session_lists_only_ones_own_projects_and_tasks(scene: Scene) -> None:
    def listed(who: str) -> tuple[list[str], list[str]]:
        told = scene.people[who].get("/api/session").json()
        return [p["title"] for p in told["projects"]], [t["title"] for t in told["tasks"]]

    assert listed("annotator") == ([CANARY], [f"{CANARY} by hand"])
    assert listed("teammate") == ([CANARY], [])
    assert listed("stranger") == (["Elsewhere"], ["Elsewhere by hand"])
