"""The login hop, each check of the token, and the second key."""

from __future__ import annotations

import time
import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from annex.contract.enums import Role
from django.test import Client
from joserfc.jwk import OKPKey

from tests.worker.cast import TESTS
from tests.worker.people.control_plane import CONSOLE, ControlPlane, enrol
from worker.link.models import OutboxEvent
from worker.people import presession, sessions
from worker.people.actions import approve_subject, make_unlock, refuse_subject
from worker.people.models import Session, Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def control_plane() -> ControlPlane:
    return enrol()


def begin(client: Client, path: str = "/login?next=/data/x") -> dict[str, str]:
    """Start a sign-in and return what the control plane is asked."""
    answer = client.get(path)
    assert answer.status_code == 302, answer.content
    where = urlsplit(answer["Location"])
    assert f"{where.scheme}://{where.netloc}{where.path}" == f"{CONSOLE}/authorize"
    return {name: values[0] for name, values in parse_qs(where.query).items()}


def come_back(client: Client, token: str, state: str, origin: str = CONSOLE) -> Any:
    return client.post(
        "/login/callback", {"token": token, "state": state}, headers={"Origin": origin}
    )


def approved() -> uuid.UUID:
    subject_id = uuid.uuid4()
    approve_subject(subject_id, name="Ada", role=Role.DEVELOPER, by=TESTS)
    return subject_id


def test_hop_opens_a_session(control_plane: ControlPlane) -> None:
    client, subject, project = Client(), approved(), uuid.uuid4()
    asked = begin(client)
    assert asked["cluster"] == str(control_plane.cluster)
    # Where it began stays here: an address of this origin may hold anything.
    assert set(asked) == {"cluster", "state", "nonce"}
    token = control_plane.token(asked["nonce"], sub=str(subject), roles={str(project): "developer"})
    answer = come_back(client, token, asked["state"])
    assert (answer.status_code, answer["Location"]) == (303, "/data/x")
    cookie = answer.cookies[sessions.COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    session = Session.objects.get()
    assert session.roles == {str(project): "developer"}
    assert bytes(session.key_hash) == sessions.hash_key(cookie.value)
    assert cookie.value.encode() not in bytes(session.key_hash)
    told = client.get("/api/session").json()
    assert (told["name"], told["subject"]) == ("Ada", str(subject))
    assert 3590 <= told["idle_seconds"] <= 3600
    audits = [row.body["outcome"] for row in OutboxEvent.objects.order_by("id")]
    assert audits == ["admitted"]


def test_presession_cookie_survives_a_cross_site_post(control_plane: ControlPlane) -> None:
    client = Client()
    client.get("/login")
    (name,) = client.cookies
    cookie = client.cookies[name]
    assert name.startswith("__Host-annex-login-")
    assert (cookie["secure"], cookie["samesite"], cookie["max-age"]) == (True, "None", 300)


WRONG: dict[str, dict[str, Any]] = {
    "audience": {"aud": str(uuid.uuid4())},
    "authorized party": {"azp": "https://elsewhere.example"},
    "nonce": {"nonce": "another"},
    "expired": {"iat": int(time.time()) - 300, "exp": int(time.time()) - 240},
    "too long a life": {"exp": int(time.time()) + 3600},
    "not yet": {"iat": int(time.time()) + 300, "exp": int(time.time()) + 330},
    "subject": {"sub": "ada"},
    "roles": {"roles": {"x": "emperor"}},
    "token id": {"jti": "1"},
    "type": {"header": {"typ": "JWT"}},
    "key id": {"header": {"kid": "login-2"}},
    "no expiry": {"exp": None},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_each_check_refuses(control_plane: ControlPlane, wrong: str) -> None:
    client, subject = Client(), approved()
    asked = begin(client)
    claims = {"sub": str(subject)} | WRONG[wrong]
    nonce = claims.pop("nonce", asked["nonce"])
    answer = come_back(client, control_plane.token(nonce, **claims), asked["state"])
    assert answer.status_code == 403
    assert not Session.objects.exists()
    # The same browser and person with a right token: the refusal was for the reason named.
    right = control_plane.token(asked["nonce"], sub=str(subject))
    assert come_back(client, right, asked["state"]).status_code == 303


def test_other_key_refused(control_plane: ControlPlane) -> None:
    client, subject = Client(), approved()
    asked = begin(client)
    forger = ControlPlane(control_plane.cluster, OKPKey.generate_key("Ed25519"))
    answer = come_back(client, forger.token(asked["nonce"], sub=str(subject)), asked["state"])
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["null", "https://elsewhere.example", ""])
def test_other_origin_refused(control_plane: ControlPlane, origin: str) -> None:
    client, subject = Client(), approved()
    asked = begin(client)
    token = control_plane.token(asked["nonce"], sub=str(subject))
    assert come_back(client, token, asked["state"], origin).status_code == 403
    assert come_back(client, token, asked["state"]).status_code == 303


def test_other_browser_refused(control_plane: ControlPlane) -> None:
    subject, victim = approved(), Client()
    asked = begin(Client())
    token = control_plane.token(asked["nonce"], sub=str(subject))
    assert come_back(victim, token, asked["state"]).status_code == 403
    assert not Session.objects.exists()


def test_token_is_used_once(control_plane: ControlPlane) -> None:
    client, subject = Client(), approved()
    asked = begin(client)
    token = control_plane.token(asked["nonce"], sub=str(subject))
    cookies = dict(client.cookies)
    assert come_back(client, token, asked["state"]).status_code == 303
    again = Client()
    again.cookies.update(cookies)
    again.cookies[presession.cookie_name(asked["state"])] = cookies[
        presession.cookie_name(asked["state"])
    ].value
    refused = come_back(again, token, asked["state"])
    assert refused.status_code == 403
    assert Session.objects.count() == 1
    assert OutboxEvent.objects.filter(body__outcome="refused").count() == 1


def test_two_tabs_sign_in_at_once(control_plane: ControlPlane) -> None:
    client, subject = Client(), approved()
    first, second = begin(client), begin(client)
    for asked in (first, second):
        token = control_plane.token(asked["nonce"], sub=str(subject))
        assert come_back(client, token, asked["state"]).status_code == 303


def test_unapproved_subject_waits_with_a_code(control_plane: ControlPlane) -> None:
    client, subject_id = Client(), uuid.uuid4()
    asked = begin(client)
    answer = come_back(
        client, control_plane.token(asked["nonce"], sub=str(subject_id)), asked["state"]
    )
    subject = Subject.objects.get(id=subject_id)
    assert answer.status_code == 403
    assert subject.code in answer.content.decode()
    assert not Session.objects.exists()
    assert client.get("/api/session").status_code == 401
    approve_subject(subject_id, name="Ada", role=Role.ANNOTATOR, by=TESTS)
    asked = begin(client)
    again = come_back(
        client, control_plane.token(asked["nonce"], sub=str(subject_id)), asked["state"]
    )
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/t/1?x=2", "/t/1?x=2"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
    ],
)
def test_return_is_never_an_open_redirect(given: str, kept: str) -> None:
    assert presession.begin(given).return_to == kept


def test_login_before_enrolment_says_what_to_do() -> None:
    answer = Client().get("/login")
    assert answer.status_code == 503
    assert b"link enrol" in answer.content


def test_unlock_works_once_without_the_control_plane() -> None:
    subject = Subject.objects.get(id=approved())
    token = make_unlock(subject, by=TESTS)
    client = Client()
    assert client.get(f"/unlock/{token}").status_code == 200
    assert not Session.objects.exists()
    assert client.post(f"/unlock/{token}").status_code == 303
    assert client.get("/api/session").json()["subject"] == str(subject.id)
    assert Client().post(f"/unlock/{token}").status_code == 403
    assert OutboxEvent.objects.get().body["outcome"] == "unlocked_locally"


def test_unlock_takes_the_form_post_of_a_browser_under_no_referrer() -> None:
    token = make_unlock(Subject.objects.get(id=approved()), by=TESTS)
    sandboxed = {"Origin": "null", "Sec-Fetch-Site": "cross-site"}
    assert Client().post(f"/unlock/{token}", headers=sandboxed).status_code == 403
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert Client().post(f"/unlock/{token}", headers=own).status_code == 303


def test_unlock_refuses_another_site() -> None:
    token = make_unlock(Subject.objects.get(id=approved()), by=TESTS)
    crossed = Client().post(f"/unlock/{token}", headers={"Origin": "https://evil.example"})
    assert crossed.status_code == 403
    assert Client().post(f"/unlock/{token}").status_code == 303


def test_revoked_subject_is_out_at_once() -> None:
    subject = Subject.objects.get(id=approved())
    client = Client()
    client.post(f"/unlock/{make_unlock(subject, by=TESTS)}")
    assert client.get("/api/session").status_code == 200
    assert refuse_subject(subject, by=TESTS) == 1
    refused = client.get("/api/session")
    assert refused.status_code == 401
    assert refused.json()["code"] == "session.missing"
    assert refused.json()["login_url"].startswith("/login")
