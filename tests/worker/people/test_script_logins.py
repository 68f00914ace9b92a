"""A laptop's login: it asks, a person decides in a browser, it fetches its token once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from annex.contract.enums import Role
from annex.contract.inbound import SessionRevoke
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.worker.cast import TESTS, Stage, make_stage, sign_in
from tests.worker.people.control_plane import CONSOLE, enrol
from worker.link.commands import run_handler
from worker.link.models import OutboxEvent
from worker.people.actions import approve_subject, refuse_subject
from worker.people.models import AccessRow, DeviceLogin, ScriptToken, Session, What
from worker.people.scripts import bounds, device_logins
from worker.people.sessions import hash_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unspent() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def browser(stage: Stage) -> Client:
    return sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})


def post(path: str, body: Any) -> Any:
    return Client().post(path, body, content_type="application/json")


def begin(laptop: str = "Dev's laptop (home)") -> dict[str, Any]:
    answer = post("/api/device-logins", {"laptop": laptop})
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def poll(login: dict[str, Any]) -> Any:
    DeviceLogin.objects.update(polled_at=None)
    return post("/api/device-logins/token", {"device_code": login["device_code"]})


def page_of(login: dict[str, Any]) -> str:
    return f"/device/{login['user_code']}"


def csrf_of(browser: Client) -> str:
    return str(browser.get("/api/session").json()["csrf_token"])


def decide(browser: Client, login: dict[str, Any], decision: str = "let-in", **form: str) -> Any:
    sent = {"csrf_token": csrf_of(browser), "decision": decision} | form
    return browser.post(page_of(login), sent)


def outcomes() -> list[str]:
    found = OutboxEvent.objects.filter(kind="login.audit").order_by("id")
    return [row.body["outcome"] for row in found]


def test_from_asking_to_the_token(stage: Stage, browser: Client) -> None:
    login = begin()
    assert (login["interval_seconds"], login["expires_in_seconds"]) == (5, 600)
    assert login["verification_url"] == f"http://127.0.0.1:8100/device/{login['user_code']}"
    assert poll(login).json() == {
        "state": "waiting", "token": None, "subject": None, "name": None, "expires_at": None,
    }  # fmt: skip
    page = browser.get(page_of(login))
    assert login["user_code"] in page.content.decode()
    assert "Dev&#x27;s laptop (home)" in page.content.decode()
    assert decide(browser, login).status_code == 200
    fetched = poll(login).json()
    dev = stage.people["Dev"]
    assert (fetched["state"], fetched["name"], fetched["subject"]) == (
        *("let_in", "Dev"), str(dev.id),
    )  # fmt: skip
    token = ScriptToken.objects.get()
    assert fetched["token"].startswith("anw_")
    assert bytes(token.token_hash) == hash_key(fetched["token"])
    assert (token.laptop, token.subject_id) == ("Dev's laptop (home)", dev.id)
    # A laptop's token is a login like any other on the wire; what came by it is told here alone.
    assert outcomes() == ["admitted"]
    assert OutboxEvent.objects.get().body.keys() == {"type", "subject", "outcome"}
    row = AccessRow.objects.get(what=What.SCRIPT_LET_IN)
    assert (row.subject, row.noun_id) == (dev.id, dev.id)
    answer = Client().get(
        f"/api/assets/{stage.asset.id}", headers={"Authorization": f"Bearer {fetched['token']}"}
    )
    assert answer.status_code == 200


def test_a_token_is_told_once(browser: Client) -> None:
    login = begin()
    decide(browser, login)
    assert poll(login).json()["state"] == "let_in"
    again = poll(login)
    assert (again.status_code, again.json()["code"]) == (404, "device_login.gone")
    assert ScriptToken.objects.count() == 1


def test_a_refusal_is_final_and_audited(browser: Client) -> None:
    login = begin()
    assert b"was refused" in decide(browser, login, "refuse").content
    assert decide(browser, login).status_code == 409
    refused = poll(login)
    assert (refused.status_code, refused.json()["code"]) == (403, "device_login.refused")
    assert poll(login).status_code == 404
    assert not ScriptToken.objects.exists()
    assert outcomes() == ["refused"]


def test_a_code_runs_out(browser: Client) -> None:
    login = begin()
    decided = begin()
    decide(browser, decided)
    DeviceLogin.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert browser.get(page_of(login)).status_code == 404
    assert decide(browser, login).status_code == 404
    assert poll(login).status_code == poll(decided).status_code == 404
    begin()
    assert DeviceLogin.objects.count() == 1


def test_asking_too_often_is_refused_and_costs_nothing(browser: Client) -> None:
    login = begin()
    ask = {"device_code": login["device_code"]}
    assert post("/api/device-logins/token", ask).status_code == 200
    hurried = post("/api/device-logins/token", ask)
    assert (hurried.status_code, hurried.json()["code"]) == (429, "device_login.too_soon")
    assert hurried["Retry-After"] == "5"
    decide(browser, login)
    assert post("/api/device-logins/token", ask).status_code == 429
    assert poll(login).json()["state"] == "let_in"


def test_who_is_not_signed_in_goes_through_the_ordinary_hop() -> None:
    enrol()
    login = begin()
    anonymous = Client()
    sent = anonymous.get(page_of(login))
    assert sent.status_code == 302
    assert sent["Location"].startswith(f"{CONSOLE}/authorize?")
    assert login["user_code"] not in sent["Location"]
    assert anonymous.post(page_of(login), {"decision": "let-in"}).status_code == 302
    assert poll(login).json()["state"] == "waiting"


@pytest.mark.parametrize(
    ("form", "headers"),
    [
        ({"csrf_token": "guess"}, {}),
        ({"csrf_token": ""}, {}),
        ({}, {"Origin": "https://evil.example"}),
        ({}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_no_other_page_can_let_a_laptop_in(
    browser: Client, form: dict[str, str], headers: dict[str, str]
) -> None:
    login = begin()
    sent = {"csrf_token": csrf_of(browser), "decision": "let-in"} | form
    assert browser.post(page_of(login), sent, headers=headers).status_code == 403
    assert poll(login).json()["state"] == "waiting"
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    sent["csrf_token"] = csrf_of(browser)
    assert browser.post(page_of(login), sent, headers=own).status_code == 200


@pytest.mark.parametrize("laptop", ["", "x" * 65, "two\nlines", "<b>", "\u202egnp", None])
def test_a_laptops_name_is_one_plain_line(laptop: Any) -> None:
    assert post("/api/device-logins", {"laptop": laptop}).status_code == 400
    assert not DeviceLogin.objects.exists()


def test_codes_cannot_be_tried_out(browser: Client) -> None:
    login = begin()
    for _ in range(bounds.CODES.most):
        assert browser.get("/device/ZZZZ-ZZZZ").status_code == 404
    assert browser.get("/device/ZZZZ-ZZZZ").status_code == 429
    # Not even the right one, and not by the form either.
    assert browser.get(page_of(login)).status_code == 429
    assert decide(browser, login).status_code == 429
    assert poll(login).json()["state"] == "waiting"


@pytest.mark.parametrize("code", ["%00", "%F0%9F%90%A6", "ZZZZ-ZZZZ%0A", "x" * 900])
def test_what_is_no_code_is_not_found(browser: Client, code: str) -> None:
    assert browser.get(f"/device/{code}").status_code == 404


@pytest.mark.parametrize("code", ["", "x" * 65, "\x00", "\ud800", 7, None, ["x"]])
def test_what_is_no_device_code_is_refused(code: Any) -> None:
    assert post("/api/device-logins/token", {"device_code": code}).status_code in {400, 404}


def test_strangers_cannot_fill_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_logins, "MOST_OPEN", 3)
    for _ in range(3):
        begin()
    full = post("/api/device-logins", {"laptop": "one more"})
    assert (full.status_code, full.json()["code"]) == (429, "device_login.too_many")
    DeviceLogin.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    begin()


def test_one_address_cannot_ask_without_end() -> None:
    for _ in range(bounds.ASKED.most):
        begin()
    throttled = post("/api/device-logins", {"laptop": "one more"})
    assert (throttled.status_code, throttled.json()["code"]) == (429, "request.throttled")
    assert throttled["Retry-After"] == "60"


def test_a_code_is_typed_in_any_case(browser: Client) -> None:
    login = begin()
    typed = browser.get("/device", {"code": f" {login['user_code'].lower()} "})
    assert (typed.status_code, typed["Location"]) == (302, page_of(login))
    assert b"not a code" in browser.get("/device", {"code": "/../x"}).content
    assert b"not a code" not in browser.get("/device").content


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ANNOTATOR])
def test_below_the_lowest_role_nobody_lets_a_laptop_in(stage: Stage, role: Role) -> None:
    weak = sign_in(stage.person("Weak", role), {stage.project.id: role})
    login = begin()
    assert weak.get(page_of(login)).status_code == 403
    assert decide(weak, login).status_code == 403
    assert poll(login).json()["state"] == "waiting"


def test_none_switches_scripts_off(browser: Client, settings: Settings) -> None:
    login = begin()
    settings.SCRIPT_ROLE = None
    assert decide(browser, login).status_code == 403
    settings.SCRIPT_ROLE = Role.DEVELOPER
    assert decide(browser, login).status_code == 200
    settings.SCRIPT_ROLE = None
    refused = poll(login)
    assert (refused.status_code, refused.json()["code"]) == (403, "script.not_allowed")
    assert not ScriptToken.objects.exists()


@pytest.mark.parametrize("how", ["refused here", "revoked from the console"])
def test_who_is_removed_before_the_fetch_gets_no_token(
    stage: Stage, browser: Client, how: str
) -> None:
    login, dev = begin(), stage.people["Dev"]
    decide(browser, login)
    if how == "refused here":
        refuse_subject(dev, by=TESTS)
    else:
        run_handler(uuid.uuid4(), SessionRevoke(subject=dev.id))
    assert poll(login).status_code == 404
    assert not ScriptToken.objects.exists()


def test_the_page_lists_and_ends_ones_own(stage: Stage, browser: Client) -> None:
    for laptop in ("first", "second"):
        login = begin(laptop)
        decide(browser, login)
        poll(login)
    other = sign_in(stage.person("Other", Role.DEVELOPER), {})
    first = ScriptToken.objects.get(laptop="first")
    assert all(name in browser.get("/scripts").content for name in (b"first", b"second"))
    assert b"first" not in other.get("/scripts").content
    end = {"end": str(first.id)}
    assert other.post("/scripts", end | {"csrf_token": csrf_of(other)}).status_code == 404
    assert browser.post("/scripts", end | {"csrf_token": "guess"}).status_code == 403
    assert ScriptToken.objects.count() == 2
    assert browser.post("/scripts", end | {"csrf_token": csrf_of(browser)}).status_code == 303
    assert [token.laptop for token in ScriptToken.objects.all()] == ["second"]
    assert outcomes() == ["admitted", "admitted", "signed_out"]
    assert AccessRow.objects.filter(what=What.SCRIPT_ENDED).count() == 1


def test_sign_out_everywhere_ends_browsers_and_scripts(stage: Stage, browser: Client) -> None:
    login = begin()
    decide(browser, login)
    poll(login)
    elsewhere = sign_in(stage.people["Dev"], {})
    other = sign_in(stage.person("Other", Role.DEVELOPER), {})
    answer = browser.post("/scripts", {"csrf_token": csrf_of(browser), "end": "everything"})
    assert (answer.status_code, answer["Location"]) == (303, "/signed-out")
    assert answer.cookies["__Host-annex"]["max-age"] == 0
    assert elsewhere.get("/api/session").status_code == 401
    assert other.get("/api/session").status_code == 200
    assert not ScriptToken.objects.exists()
    assert Session.objects.count() == 1


def test_a_local_login_lets_a_laptop_in_too_once_approved() -> None:
    subject = approve_subject(uuid.uuid4(), name="Ada", role=Role.DEVELOPER, by=TESTS)
    login = begin()
    decide(sign_in(subject, {}), login)
    assert poll(login).json()["subject"] == str(subject.id)
