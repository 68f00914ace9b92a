"""With all keys of the control plane in hand, text is still behind the second key."""

from __future__ import annotations

import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from annex.contract.enums import Role
from annex.contract.inbound import ConfigSnapshot, PersonSnapshot
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

from tests.worker.cast import TESTS, Stage, make_stage
from tests.worker.isolation.scene import CANARY, METHODS, one_of_everything, walk
from tests.worker.people.control_plane import CONSOLE, ControlPlane, enrol
from worker.people.actions import approve_subject
from worker.people.models import Session
from worker.projects.models import Person, TaskAnnotator

pytestmark = pytest.mark.django_db


def forge_login(
    control_plane: ControlPlane, subject: uuid.UUID, stage: Stage
) -> tuple[Client, int]:
    """Sign in with a perfectly good token that claims to be an owner of the project."""
    client = Client()
    asked = parse_qs(urlsplit(client.get("/login")["Location"]).query)
    roles = {str(stage.project.id): "owner"}
    token = control_plane.token(asked["nonce"][0], sub=str(subject), roles=roles)
    answer = client.post(
        "/login/callback",
        {"token": token, "state": asked["state"][0]},
        headers={"Origin": CONSOLE},
    )
    assert CANARY.encode() not in answer.content
    return client, answer.status_code


def bytes_seen(client: Client, stage: Stage) -> bytes:
    """Ask for everything there is, every way there is."""
    ids, seen = one_of_everything(stage), b""
    # Signing out would end the walk early.
    patterns = [p for p in walk(get_resolver().url_patterns) if p.name != "logout"]
    for pattern in patterns:
        for method in METHODS:
            url = reverse(
                pattern.name, kwargs={key: ids[key] for key in pattern.pattern.converters}
            )
            answer = getattr(client, method)(url, data={}, content_type="application/json")
            seen += b"".join(answer)
    return seen


def test_unapproved_subject_gets_403_and_no_text(settings: Settings) -> None:
    control_plane, stage, subject = enrol(), make_stage(), uuid.uuid4()
    # The compromised control plane also says that this person is an owner and on the task.
    Person.objects.create(project=stage.project, subject=subject, name="Mallory", role="owner")
    TaskAnnotator.objects.create(task=stage.task, subject=subject)
    client, status = forge_login(control_plane, subject, stage)
    assert status == 403
    assert not Session.objects.exists()
    assert CANARY.encode() not in bytes_seen(client, stage)


def test_the_same_walk_as_an_approved_owner_finds_the_text() -> None:
    control_plane, stage, subject = enrol(), make_stage(), uuid.uuid4()
    Person.objects.create(project=stage.project, subject=subject, name="Olga", role="owner")
    approve_subject(subject, name="Olga", role=Role.OWNER, by=TESTS)
    client, status = forge_login(control_plane, subject, stage)
    client.defaults["HTTP_X_CSRF_TOKEN"] = Session.objects.get().csrf
    assert status == 303
    assert CANARY.encode() in bytes_seen(client, stage)


def test_approved_annotator_is_not_made_an_owner_from_outside() -> None:
    control_plane, stage, subject = enrol(), make_stage(), uuid.uuid4()
    # Token and snapshot agree on the lie; the local approval does not.
    Person.objects.create(project=stage.project, subject=subject, name="Ada", role="owner")
    approve_subject(subject, name="Ada", role=Role.ANNOTATOR, by=TESTS)
    client, status = forge_login(control_plane, subject, stage)
    assert status == 303
    assert client.get(f"/api/assets/{stage.asset.id}").status_code == 404
    assert client.get(f"/api/tasks/{stage.task.id}").status_code == 404
    (project,) = client.get("/api/session").json()["projects"]
    assert project["role"] == "annotator"


def test_snapshot_cannot_approve_anybody() -> None:
    from worker.projects.actions import apply_snapshot

    control_plane, stage, subject = enrol(), make_stage(), uuid.uuid4()
    person = PersonSnapshot(subject=subject, name="Mallory", role=Role.OWNER)
    snapshot = ConfigSnapshot(
        project=stage.project.id, title="x", version=9, labels=[], datasets=[], assets=[],
        models=[], tasks=[], people=[person],
    )  # fmt: skip
    assert apply_snapshot(snapshot) is True
    assert forge_login(control_plane, subject, stage)[1] == 403
