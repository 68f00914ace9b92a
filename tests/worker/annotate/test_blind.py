"""A blind task: its annotators get no suggestions and nothing that somebody else said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from annex.contract.enums import LabelChangeKind, Role
from django.test import Client
from django.urls import reverse

from tests.worker.annotate.conftest import TEXTS, Annotator, join, stage_with
from tests.worker.annotate.test_second_look import change
from tests.worker.cast import sign_in
from tests.worker.isolation.declarations import DECLARED, Access
from tests.worker.isolation.scene import METHODS, ROUTES
from worker.projects.models import TaskAnnotator
from worker.queue.models import SecondLook
from worker.queue.second_looks import release_looks
from worker.store.models import Example, Suggestion

ON_TASK = [name for name, access in DECLARED.items() if access is Access.ON_TASK]
SUGGESTED = (4, 16)


@pytest.fixture
def blind(db: None) -> Annotator:
    """Ada, in a blind task whose predictor marks and chooses something in every example."""
    ada = join(stage_with(TEXTS, overlap=2), "Ada")
    task, rules = ada.stage.task, uuid4()
    task.blind, task.suggestions_kind, task.suggestions_id = True, "rules", rules
    task.save()
    for example in Example.objects.all():
        Suggestion.objects.create(
            example=example, predictor_kind="rules", predictor_id=rules,
            spans=[ada.span(*SUGGESTED)], choices=[ada.stage.labels[0].id],
        )  # fmt: skip
    return ada


def everything_seen(client: Client, ada: Annotator) -> Iterator[Any]:
    """Ask every endpoint of the task in every way; yield each object of every answer."""
    answered = ada.batch(size=1)["examples"][0]["id"]
    ada.save(answered)
    ids = {"task_id": ada.stage.task.id, "example": answered, "answer_id": uuid4()}
    for name in ON_TASK:
        wanted = ROUTES[name].pattern.converters
        url = reverse(name, kwargs={key: ids.get(key) or uuid4() for key in wanted})
        for method in METHODS:
            answer = getattr(client, method)(url, data={}, content_type="application/json")
            if answer.headers.get("Content-Type") == "application/json":
                yield from objects_in(answer.json())


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from objects_in(each)


def suggested_in(seen: Iterator[Any]) -> list[Any]:
    return [
        found
        for found in seen
        if found.get("suggestions")
        or found.get("suggested")
        or (found.get("start"), found.get("end")) == SUGGESTED
    ]


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.ANNOTATOR, False),
        (Role.REVIEWER, True),
        (Role.DEVELOPER, True),
    ],
)
def test_no_endpoint_shows_an_annotator_what_is_suggested(
    blind: Annotator, role: Role, sees: bool
) -> None:
    person = blind.stage.person("Somebody", role, on_task=True)
    client = sign_in(person, {blind.stage.project.id: role})
    assert client.get(blind.url()).json()["blind"] is not sees
    assert bool(suggested_in(everything_seen(client, blind))) is sees


def test_what_others_said_is_hidden_blind_or_not(blind: Annotator) -> None:
    for is_blind in (True, False):
        blind.stage.task.blind = is_blind
        blind.stage.task.save()
        example = blind.batch(size=1)["examples"][0]["id"]
        assert blind.save(example, note="CANARY of Ada", flagged=True).status_code == 201
        ben = join(blind.stage, f"Ben {is_blind}")
        same = ben.client.get(ben.url(f"/examples/{example}")).json()
        assert same["id"] == example
        assert "CANARY" not in str([same, *everything_seen(ben.client, ben)])


def test_an_answer_of_somebody_who_left_comes_back_to_no_annotator(blind: Annotator) -> None:
    example = blind.batch(size=1)["examples"][0]["id"]
    blind.save(example, spans=[blind.span(0, 3)])
    change(blind, LabelChangeKind.DELETE, [])
    assert blind.batch(size=1)["examples"][0]["look_again"]
    TaskAnnotator.objects.filter(subject=blind.subject.id).delete()
    release_looks([blind.stage.task.id], [blind.subject.id])
    ben = join(blind.stage, "Ben")
    assert not any(row["look_again"] for row in ben.batch()["examples"])
    assert SecondLook.objects.filter(subject=None).exists()
