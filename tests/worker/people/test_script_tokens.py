"""What a script's token opens, and everything that ends it; each time beside one that works."""

from __future__ import annotations

import subprocess
import sys
import uuid
from datetime import timedelta
from typing import Any

import pytest
from annex.contract.enums import Role
from annex.contract.inbound import SessionRevoke
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from typer.testing import CliRunner

from tests.worker.cast import TESTS, Stage, make_stage, script_of, sign_in
from worker.link.commands import run_handler
from worker.link.models import OutboxEvent
from worker.people.actions import approve_subject, refuse_subject
from worker.people.cli import app
from worker.people.models import AccessRow, ScriptToken, Session, What
from worker.people.scripts.tokens import LIFE
from worker.people.sessions import COOKIE, open_session
from worker.projects.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    stage = make_stage()
    stage.person("Dev", Role.DEVELOPER)
    return stage


@pytest.fixture
def script(stage: Stage) -> Client:
    return script_of(stage.people["Dev"])


def ask(client: Client, stage: Stage, **headers: str) -> Any:
    return client.get(f"/api/assets/{stage.asset.id}", headers=headers)


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_it_writes_without_a_csrf_token_and_sets_no_cookie(stage: Stage, script: Client) -> None:
    body = SimpleUploadedFile("rows.jsonl", b'{"text": "a"}\n')
    answer = script.post(f"/api/assets/{stage.asset.id}/upload", {"file": body})
    assert answer.status_code == 200, answer.content
    assert not answer.cookies
    assert answer["Annex-Subject"] == str(stage.people["Dev"].id)
    row = AccessRow.objects.get(what=What.DATA_UPLOADED)
    assert (row.subject, row.noun_id, row.by_script, row.detail) == (
        stage.people["Dev"].id, stage.asset.id, True, "",
    )  # fmt: skip


def test_it_ends_after_twelve_hours(stage: Stage, script: Client) -> None:
    assert ask(script, stage).status_code == 200
    token = ScriptToken.objects.get()
    assert timedelta(hours=11, minutes=59) < token.expires_at - timezone.now() <= LIFE
    assert token.used_at is not None
    ScriptToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert refused(ask(script, stage)) == (401, "script.signed_out")


def test_a_script_says_whose_it_is_and_signs_itself_out(stage: Stage, script: Client) -> None:
    other = script_of(stage.people["Dev"], "other")
    told = script.get("/api/script-token").json()
    assert (told["name"], told["laptop"]) == ("Dev", "laptop")
    assert script.delete("/api/script-token").status_code == 204
    assert refused(script.get("/api/script-token")) == (401, "script.signed_out")
    assert ask(other, stage).status_code == 200
    outcomes = OutboxEvent.objects.order_by("id").values_list("body__outcome", flat=True)
    assert list(outcomes) == ["admitted", "admitted", "signed_out"]


def test_using_it_does_not_prolong_it(stage: Stage, script: Client) -> None:
    before = ScriptToken.objects.get().expires_at
    ask(script, stage)
    assert ScriptToken.objects.get().expires_at == before


@pytest.mark.parametrize("how", ["refused here", "revoked from the console", "deleted"])
def test_who_is_removed_is_out_at_once(stage: Stage, script: Client, how: str) -> None:
    dev, other = stage.people["Dev"], script_of(stage.person("Other", Role.DEVELOPER))
    assert ask(script, stage).status_code == ask(other, stage).status_code == 200
    if how == "refused here":
        assert refuse_subject(dev, by=TESTS) == 1
    elif how == "revoked from the console":
        run_handler(uuid.uuid4(), SessionRevoke(subject=dev.id))
    else:
        dev.delete()
    assert refused(ask(script, stage)) == (401, "script.signed_out")
    assert ask(other, stage).status_code == 200


def test_an_approval_anew_does_not_bring_it_back(stage: Stage, script: Client) -> None:
    dev = stage.people["Dev"]
    refuse_subject(dev, by=TESTS)
    approve_subject(dev.id, name="Dev", role=Role.DEVELOPER, by=TESTS)
    assert refused(ask(script, stage)) == (401, "script.signed_out")


def test_a_role_that_is_lowered_counts_at_once(stage: Stage, script: Client) -> None:
    dev = stage.people["Dev"]
    assert ask(script, stage).status_code == 200
    Person.objects.filter(subject=dev.id).update(role=Role.ANNOTATOR.value)
    assert refused(ask(script, stage)) == (404, "resource.not_found")
    Person.objects.filter(subject=dev.id).update(role=Role.DEVELOPER.value)
    assert ask(script, stage).status_code == 200
    approve_subject(dev.id, name="Dev", role=Role.REVIEWER, by=TESTS)
    assert refused(ask(script, stage)) == (403, "script.not_allowed")


def test_who_leaves_the_project_finds_nothing_there(stage: Stage, script: Client) -> None:
    Person.objects.filter(subject=stage.people["Dev"].id).delete()
    assert refused(ask(script, stage)) == (404, "resource.not_found")


def test_projects_never_meet(stage: Stage, script: Client) -> None:
    other = make_stage("Elsewhere")
    assert refused(ask(script, other)) == (404, "resource.not_found")
    assert ask(script, stage).status_code == 200


def test_the_lowest_role_counts_in_each_project(
    stage: Stage, script: Client, settings: Settings
) -> None:
    owner = script_of(stage.person("Olga", Role.OWNER))
    settings.SCRIPT_ROLE = Role.ADMIN
    assert refused(ask(script, stage)) == (403, "script.not_allowed")
    assert ask(owner, stage).status_code == 200
    # Approved as owner, and in this project a developer: here, scripts are for admins.
    Person.objects.filter(subject=stage.people["Olga"].id).update(role=Role.DEVELOPER.value)
    assert refused(ask(owner, stage)) == (404, "resource.not_found")
    browser = sign_in(stage.people["Olga"], {})
    assert ask(browser, stage).status_code == 200


def test_none_switches_every_token_off(stage: Stage, script: Client, settings: Settings) -> None:
    settings.SCRIPT_ROLE = None
    assert refused(ask(script, stage)) == (403, "script.not_allowed")


@pytest.mark.parametrize("secret", ["anw_", "anw_guess", "anw_" + "x" * 5000])
def test_a_guess_is_refused(stage: Stage, secret: str) -> None:
    answer = ask(Client(), stage, Authorization=f"Bearer {secret}")
    assert refused(answer) == (401, "script.signed_out")


@pytest.mark.parametrize("header", ["Bearer eyJhbGciOi", "Basic YTpi", "anw_x", "Bearer"])
def test_what_is_no_script_token_is_left_to_the_session(stage: Stage, header: str) -> None:
    assert refused(ask(Client(), stage, Authorization=header)) == (401, "session.missing")
    browser = sign_in(stage.people["Dev"], {})
    assert ask(browser, stage, Authorization=header).status_code == 200


def test_a_cookie_and_a_token_never_add_up(stage: Stage, script: Client) -> None:
    _, key = open_session(stage.people["Dev"], {})
    script.cookies[COOKIE] = key
    assert refused(ask(script, stage)) == (403, "script.from_browser")
    # A dead cookie neither, and a token opens nothing that only the cookie opens.
    Session.objects.all().delete()
    assert refused(ask(script, stage)) == (403, "script.from_browser")
    assert refused(script.get("/api/session")) == (403, "script.not_open")
    del script.cookies[COOKIE]
    assert ask(script, stage).status_code == 200


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Origin", "http://127.0.0.1:8100"),
        ("Origin", "https://evil.example"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Mode", "cors"),
    ],
)
def test_no_page_in_a_browser_can_use_it(
    stage: Stage, script: Client, header: str, value: str
) -> None:
    assert refused(ask(script, stage, **{header: value})) == (403, "script.from_browser")


def test_scripts_and_browsers_are_counted_apart(stage: Stage, script: Client) -> None:
    from tests.worker.training.test_api import keep_model

    model = keep_model(stage, packaged=True)
    browser = sign_in(stage.people["Dev"], {})
    for client in (script, script, browser):
        assert client.get(f"/api/models/{model.id}").status_code == 200
    viewed = AccessRow.objects.filter(what=What.MODEL_VIEWED)
    assert dict(viewed.values_list("by_script", "count")) == {True: 2, False: 1}
    assert script.get(f"/api/models/{model.id}/wheel").status_code == 200
    assert AccessRow.objects.get(what=What.MODEL_DOWNLOADED).by_script


def test_one_is_made_on_the_command_line_without_a_browser(stage: Stage) -> None:
    dev = stage.people["Dev"]
    made = CliRunner().invoke(app, ["script-token", "--subject", str(dev.id), "--laptop", "ci"])
    assert made.exit_code == 0, made.output
    client = Client(headers={"Authorization": f"Bearer {made.stdout.strip()}"})
    assert ask(client, stage).status_code == 200
    token = ScriptToken.objects.get()
    assert (token.laptop, bool(token.made_by)) == ("ci", True)
    row = AccessRow.objects.get(what=What.SCRIPT_LET_IN)
    assert (row.subject, row.actor, row.noun_id) == (None, token.made_by, dev.id)
    assert OutboxEvent.objects.get().body["outcome"] == "unlocked_locally"


def test_the_command_line_makes_none_for_others(stage: Stage, settings: Settings) -> None:
    weak = stage.person("Weak", Role.ANNOTATOR)
    refuse_subject(stage.people["Dev"], by=TESTS)
    for subject in (weak, stage.people["Dev"]):
        assert CliRunner().invoke(app, ["script-token", "--subject", str(subject.id)]).exit_code
    assert not ScriptToken.objects.exists()


@pytest.mark.parametrize(
    ("raw", "role"), [("none", None), ("Admin", Role.ADMIN), (" developer ", Role.DEVELOPER)]
)
def test_the_lowest_role_is_read(raw: str, role: Role | None) -> None:
    from worker.settings.environment import SCRIPT_ROLE

    assert SCRIPT_ROLE.read({"ANNEX_SCRIPT_ROLE": raw}) == role
    assert SCRIPT_ROLE.read({}) is Role.DEVELOPER


def test_an_unknown_role_stops_the_worker_from_starting() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from worker.settings.environment import SCRIPT_ROLE as s\ns.read()",
        ],
        env={"ANNEX_SCRIPT_ROLE": "emperor"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert "ANNEX_SCRIPT_ROLE cannot be read" in done.stderr
