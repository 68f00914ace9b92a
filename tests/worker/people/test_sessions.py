"""How long sessions last, what a write must show, and what a session may do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from annex.contract.enums import Role
from annex.contract.inbound import SessionRevoke
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.worker.cast import make_stage, sign_in
from worker.link.commands import run_handler
from worker.people.access import role_in
from worker.people.models import Session
from worker.people.security import CONTENT_SECURITY_POLICY
from worker.people.sessions import touch_session
from worker.projects.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    stage = make_stage()
    return sign_in(stage.person("Ada", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})


@pytest.mark.parametrize("column", ["idle_at", "expires_at"])
def test_session_ends(client: Client, column: str) -> None:
    assert client.get("/api/session").status_code == 200
    Session.objects.update(**{column: timezone.now() - timedelta(seconds=1)})
    assert client.get("/api/session").status_code == 401


def test_asking_does_not_prolong_but_touching_does(client: Client) -> None:
    early = timezone.now() + timedelta(minutes=5)
    Session.objects.update(idle_at=early)
    client.get("/api/session")
    session = Session.objects.get()
    assert session.idle_at == early
    touch_session(session)
    assert Session.objects.get().idle_at > timezone.now() + timedelta(minutes=59)


def test_touch_never_passes_the_absolute_limit(client: Client) -> None:
    limit = timezone.now() + timedelta(minutes=2)
    Session.objects.update(expires_at=limit, idle_at=timezone.now() + timedelta(minutes=1))
    touch_session(Session.objects.get())
    assert Session.objects.get().idle_at == limit


@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF-Token": "guess"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_write_needs_proof_of_our_page(client: Client, headers: dict[str, str]) -> None:
    refused = client.post("/api/logout", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "session.cross_site")
    assert Session.objects.exists()
    assert client.post("/api/logout", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 204


def test_logout_leaves_nothing_and_waits_for_no_disk(client: Client) -> None:
    answer = client.post("/api/logout")
    assert answer["Cache-Control"] == "no-store"
    assert "Clear-Site-Data" not in answer
    assert answer.cookies["__Host-annex"]["max-age"] == 0
    assert not Session.objects.exists()


def test_revoke_command_ends_the_subjects_sessions(client: Client) -> None:
    subject = Session.objects.get().subject_id
    run_handler(uuid4(), SessionRevoke(subject=uuid4()))
    assert client.get("/api/session").status_code == 200
    run_handler(uuid4(), SessionRevoke(subject=subject))
    assert client.get("/api/session").status_code == 401


def test_weakest_of_token_approval_and_snapshot_counts(client: Client) -> None:
    session = Session.objects.select_related("subject").get()
    project = Person.objects.get().project_id
    assert role_in(session, project) is Role.DEVELOPER
    Person.objects.update(role=Role.ANNOTATOR.value)
    assert role_in(session, project) is Role.ANNOTATOR
    Person.objects.update(role=Role.OWNER.value)
    session.roles[str(project)] = Role.OWNER.value
    assert role_in(session, project) is Role.DEVELOPER
    session.subject.approved_role = Role.REVIEWER.value
    assert role_in(session, project) is Role.REVIEWER
    assert role_in(session, uuid4()) is None


def test_every_answer_has_the_origins_headers(client: Client) -> None:
    for path in ("/api/session", "/nothing", "/login", "/static/people/page.css"):
        answer = client.get(path)
        assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, path
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in answer
    assert client.get("/api/session")["Cache-Control"] == "no-store"


def test_a_built_font_is_a_font_of_this_origin_and_kept(settings: Settings, tmp_path: Path) -> None:
    fonts = tmp_path / "assets"
    fonts.mkdir()
    (fonts / "inter-latin-Dx4kXJAl.woff2").write_bytes(b"wOF2")
    settings.WHITENOISE_ROOT = tmp_path
    font = Client().get("/assets/inter-latin-Dx4kXJAl.woff2")
    assert (font.status_code, font["Content-Type"]) == (200, "font/woff2")
    assert font["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "immutable" in font["Cache-Control"]


def test_every_answer_says_whose_session_it_was(client: Client) -> None:
    subject = str(Session.objects.get().subject_id)
    assert client.get("/api/session").headers["Annex-Subject"] == subject
    assert client.get("/api/tasks/" + str(uuid4())).headers["Annex-Subject"] == subject
    assert "Annex-Subject" not in Client().get("/api/session").headers
