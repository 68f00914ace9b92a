"""Every URL of the worker, by a laptop's script: closed unless its view says that it is open."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.worker.cast import script_of
from tests.worker.isolation.declarations import DECLARED, Access
from tests.worker.isolation.scene import CANARY, METHODS, ROUTES, Scene
from tests.worker.isolation.test_urls import NOT_IN_THE_SCENE, outcome
from worker.people.scripts.authentication import ScriptAuthentication
from worker.people.scripts.policy import ScriptUse

OPEN: dict[str, dict[str, ScriptUse]] = {
    "asset": {"get": ScriptUse.WORK},
    "asset-upload": {"post": ScriptUse.WORK},
    "asset-confirm": {"post": ScriptUse.WORK},
    "export": {"get": ScriptUse.TEXT},
    "export-file": {"get": ScriptUse.TEXT},
    "model": {"get": ScriptUse.WORK},
    "model-wheel": {"get": ScriptUse.TEXT},
    "failure": {"get": ScriptUse.TEXT},
    "job-log": {"get": ScriptUse.TEXT},
    "annotate-texts": {"post": ScriptUse.TEXT},
    "packages": {"get": ScriptUse.WORK, "post": ScriptUse.WORK},
    "package": {"get": ScriptUse.WORK},
    "texts": {"get": ScriptUse.TEXT, "post": ScriptUse.WORK},
    "secret": {"put": ScriptUse.WORK, "delete": ScriptUse.WORK},
    "script-token": {"get": ScriptUse.WORK, "delete": ScriptUse.WORK},
}
"""All that a script may ask of a cluster. Whoever opens more says so here."""
OPEN_CALLS = [(name, method) for name, uses in OPEN.items() for method in uses]
CLOSED = [name for name in ROUTES if DECLARED[name] not in {Access.ANYONE, Access.PAGE}]


def view_of(name: str) -> Any:
    return vars(ROUTES[name].callback)["view_class"]


def script(scene: Scene, name: str) -> Client:
    return script_of(scene.stage.people[name])


def send(client: Client, method: str, url: str) -> Any:
    return getattr(client, method)(url, data={}, content_type="application/json")


def code_of(answer: Any) -> str:
    is_problem = answer.headers.get("Content-Type", "").startswith("application/problem")
    return str(answer.json()["code"]) if is_problem else ""


def test_only_the_declared_views_are_open() -> None:
    uses = {name: dict(getattr(view_of(name), "script_uses", {})) for name in ROUTES}
    assert {name: found for name, found in uses.items() if found} == OPEN
    listed = {
        name
        for name in ROUTES
        if ScriptAuthentication in getattr(view_of(name), "authentication_classes", ())
    }
    assert listed == set(OPEN)


@pytest.mark.parametrize("name", CLOSED)
def test_a_script_gets_in_where_it_is_open_and_nowhere_else(scene: Scene, name: str) -> None:
    client = script(scene, "Dev")
    # Last what ends the script's own login.
    for method in sorted((*METHODS, "head", "options"), key="delete".__eq__):
        answer = send(client, method, scene.url(name))
        if method in OPEN.get(name, {}):
            is_there = name in NOT_IN_THE_SCENE or outcome(answer) == "let in"
            assert is_there, answer.content
            assert code_of(answer) != "script.not_open"
        else:
            assert answer.status_code == 403, (method, answer.content)
            assert method == "head" or code_of(answer) == "script.not_open"
            assert CANARY.encode() not in b"".join(answer)
        assert not answer.cookies


@pytest.mark.parametrize(
    ("name", "method"),
    [call for call in OPEN_CALLS if DECLARED[call[0]] not in (Access.SCRIPT, Access.PUBLISHERS)],
)
def test_another_projects_script_finds_nothing(scene: Scene, name: str, method: str) -> None:
    neighbour = script_of(scene.neighbour)
    answer = send(neighbour, method, scene.url(name))
    assert outcome(answer) == "not there", answer.content
    assert CANARY.encode() not in b"".join(answer)


@pytest.mark.parametrize("name", [n for n in ROUTES if DECLARED[n] is Access.SCRIPT])
def test_a_session_is_no_script(scene: Scene, name: str) -> None:
    for client in scene.people.values():
        for method in OPEN[name]:
            answer = send(client, method, scene.url(name))
            assert (answer.status_code, code_of(answer)) == (401, "script.signed_out")


@pytest.mark.parametrize("name", [n for n in ROUTES if DECLARED[n] is Access.PAGE])
def test_a_page_does_not_take_a_script_for_a_person(scene: Scene, name: str) -> None:
    answer = script(scene, "Dev").get(scene.url(name))
    assert answer.status_code == 302
    assert "/authorize?" in answer["Location"]


@pytest.mark.parametrize(("name", "method"), OPEN_CALLS)
def test_without_downloads_no_text_is_taken_out(
    scene: Scene, name: str, method: str, settings: Any
) -> None:
    client = script(scene, "Dev")
    settings.SCRIPT_DOWNLOADS = False
    answer = send(client, method, scene.url(name))
    takes_text = OPEN[name][method] is ScriptUse.TEXT
    assert (code_of(answer) == "script.not_allowed") is takes_text
    if takes_text:
        assert CANARY.encode() not in b"".join(answer)
