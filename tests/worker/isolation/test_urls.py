"""Every URL of the worker, by every kind of person, with every method."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import get_resolver

from tests.worker.isolation.declarations import DECLARED, Access
from tests.worker.isolation.scene import CANARY, METHODS, ROUTES, Scene, walk


def test_every_url_is_declared() -> None:
    undeclared = set(ROUTES) - set(DECLARED)
    assert not undeclared, f"say in declarations.py who may use {sorted(undeclared)}"
    assert len(ROUTES) == sum(1 for _ in walk(get_resolver().url_patterns)), "a name is used twice"


ALLOWED = {
    Access.ON_TASK: {"owner", "developer", "annotator"},
    Access.DEVELOPER: {"owner", "developer"},
    Access.ADMINISTRATOR: {"owner", "boss"},
    Access.PUBLISHERS: {"owner", "developer", "neighbour", "boss"},
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
    "comment",
    "model",
    "model-wheel",
    "failure",
    "stream",
    "job-log",
    "ledger-row",
    "approve-person",
    "refuse-person",
}
"""Made by jobs, or one person's alone: walked for refusals here, for success in their rooms."""


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
