"""How a person likes to work: kept for them alone, refused when it is not a preference."""

from __future__ import annotations

from typing import Any

import pytest
from annex.contract.enums import Role
from django.test import Client

from tests.worker.cast import make_stage, sign_in
from worker.people.models import Preferences

pytestmark = pytest.mark.django_db

DEFAULTS = {
    "keymap": {},
    "density": "comfortable",
    "text_size": "medium",
    "theme": "system",
    "language": "system",
    "swipe": "on",
}


@pytest.fixture
def people() -> tuple[Client, Client]:
    stage = make_stage()
    roles = {stage.project.id: Role.ANNOTATOR}
    ada, bob = (sign_in(stage.person(name, Role.ANNOTATOR), roles) for name in ("Ada", "Bob"))
    return ada, bob


def put(client: Client, body: Any) -> int:
    return client.put("/api/preferences", body, content_type="application/json").status_code


def test_they_follow_one_person_and_nobody_else(people: tuple[Client, Client]) -> None:
    ada, bob = people
    chosen = DEFAULTS | {"keymap": {"accept": "A"}, "density": "compact", "language": "de"}
    assert put(ada, DEFAULTS) == put(ada, chosen) == 200
    assert ada.get("/api/preferences").json() == chosen
    assert bob.get("/api/preferences").json() == DEFAULTS


@pytest.mark.parametrize(
    "body",
    [
        {"density": "roomy"},
        {"swipe": "up"},
        {"keymap": {"Accept!": "A"}},
        {"keymap": {f"action-{chr(97 + at // 26)}{chr(97 + at % 26)}": "A" for at in range(65)}},
        {"favourite": "tea"},
        ["comfortable"],
    ],
)
def test_what_is_no_preference_is_refused_and_changes_nothing(
    people: tuple[Client, Client], body: Any
) -> None:
    ada, _ = people
    assert put(ada, body) == 400
    assert ada.get("/api/preferences").json() == DEFAULTS


def test_what_another_version_wrote_keeps_nobody_out(people: tuple[Client, Client]) -> None:
    ada, _ = people
    put(ada, DEFAULTS)
    Preferences.objects.update(chosen={"theme": "sepia"})
    assert ada.get("/api/preferences").json() == DEFAULTS
