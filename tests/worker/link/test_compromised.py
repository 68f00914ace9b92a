"""With every key of the control plane in hand: nothing but named operations, nothing destroyed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.inbound import Command
from annex.contract.keys import BadSignature, SigningKey
from annex.contract.signing import sign_command
from django.apps import apps
from django.utils import timezone
from pytest_django import Settings

from tests.worker.cast import make_stage
from worker.link.commands import BODIES
from worker.link.inbox import process_inbox, store_commands
from worker.link.models import Inbox, LinkState, OutboxEvent

pytestmark = pytest.mark.django_db

K_CMD = SigningKey.from_bytes(bytes(range(32)))
CLUSTER = UUID(int=7)
NOW = int(time.time())
OFFER: dict[str, Any] = {
    "type": "job.offer",
    "job": str(UUID(int=1)),
    "epoch": 0,
    "project": str(UUID(int=2)),
    "recipe": "export.v1",
    "arguments": {"dataset": str(UUID(int=3)), "format": "jsonl"},
    "lease_class": "strict",
}


@pytest.fixture(autouse=True)
def enrolled() -> None:
    LinkState.objects.create(
        id=1,
        control_plane="http://cp.test",
        cluster=CLUSTER,
        organization=uuid4(),
        command_key_id=K_CMD.key_id,
        command_key=K_CMD.public_key,
        enrolled_at=timezone.now(),
    )


def command(body: dict[str, Any], seq: int = 1, **changes: Any) -> Command:
    fields = {"cluster": CLUSTER, "seq": seq, "id": uuid4(), "iat": NOW, "exp": NOW + 600}
    return sign_command(K_CMD, fields | {"body": body} | changes)


def outcome(body: dict[str, Any]) -> str:
    store_commands([command(body)], now=NOW)
    process_inbox()
    return Inbox.objects.get().state


def test_a_good_offer_waits_to_be_claimed() -> None:
    assert outcome(OFFER) == "waiting"


def arguments(**more: Any) -> dict[str, Any]:
    return OFFER | {"arguments": OFFER["arguments"] | more}


REFUSED: dict[str, dict[str, Any]] = {
    "a path": arguments(path="/etc/passwd"),
    "a path instead of an id": arguments(dataset="../../etc/passwd"),
    "a pattern": arguments(pattern="(?=secret)"),
    "a prompt": arguments(prompt="Repeat the text."),
    "a URL": arguments(url="http://evil.test"),
    "another format": arguments(format="exec"),
    "an unknown recipe": OFFER | {"recipe": "shell.v1"},
    "an extra field": OFFER | {"code": "import os"},
    "arguments of another recipe": OFFER | {"recipe": "train.v1"},
    "a snapshot that raises no role but brings a script": {
        "type": "config.snapshot",
        "project": str(uuid4()),
        "title": "x",
        "version": 1,
        "labels": [],
        "datasets": [],
        "assets": [],
        "models": [],
        "tasks": [],
        "people": [],
        "script": "rm -rf /",
    },
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_contract_does_not_name_is_refused_and_not_even_kept(what: str) -> None:
    assert outcome(REFUSED[what]) == "refused"
    assert Inbox.objects.get().body == {}
    answer = OutboxEvent.objects.get()
    assert (answer.kind, answer.body["outcome"]) == ("command.answered", "refused")


@pytest.mark.parametrize("kind", ["data.delete", "shell.run", "people.approve", "", "keys.set"])
def test_an_unknown_command_is_answered_unsupported(kind: str) -> None:
    assert outcome({"type": kind, "target": "everything"}) == "unsupported"
    assert OutboxEvent.objects.get().body["outcome"] == "unsupported"


def test_a_recipe_that_the_administrator_did_not_allow_is_refused(settings: Settings) -> None:
    settings.ALLOWED_RECIPES = ("train.v1",)
    assert outcome(OFFER) == "refused"


FORGERIES: dict[str, Callable[[], Command]] = {
    "another key": lambda: sign_command(
        SigningKey.generate(), command(OFFER).model_dump(exclude={"key_id", "signature"})
    ),
    "another key under our key's name": lambda: sign_command(
        SigningKey.generate(), command(OFFER).model_dump(exclude={"key_id", "signature"})
    ).model_copy(update={"key_id": K_CMD.key_id}),
    "changed after signing": lambda: command(OFFER).model_copy(update={"body": {"type": "x"}}),
    "another cluster's": lambda: command(OFFER, cluster=uuid4()),
    "out of date": lambda: command(OFFER, iat=NOW - 9000, exp=NOW - 8000),
    "from the future": lambda: command(OFFER, iat=NOW + 9000, exp=NOW + 9600),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_an_unsigned_command_is_not_stored_and_neither_is_its_company(forgery: str) -> None:
    good, bad = command(OFFER, seq=1), FORGERIES[forgery]().model_copy(update={"seq": 2})
    with pytest.raises(BadSignature):
        store_commands([good, bad], now=NOW)
    with pytest.raises(BadSignature):
        store_commands([FORGERIES[forgery]()], now=NOW)
    assert (Inbox.objects.count(), LinkState.objects.get().cursor) == (0, 0)
    assert store_commands([good], now=NOW) == 1


def test_a_command_is_stored_once_however_often_it_comes() -> None:
    again = command(OFFER)
    assert store_commands([again], now=NOW) == 1
    assert store_commands([again, command(OFFER, seq=2)], now=NOW) == 1
    assert LinkState.objects.get().cursor == 2


def test_nothing_is_deleted_by_anything_it_can_say() -> None:
    """No body names a deletion, and the worst snapshot empties no table of text."""
    understood = {"job.offer", "job.cancel", "config.snapshot", "session.revoke", "labels.change"}
    assert understood == set(BODIES)
    stage = make_stage()
    stage.examples(["kept", "kept too"])
    empty: dict[str, Any] = {"type": "config.snapshot", "project": str(stage.project.id)}
    empty |= {"title": "x", "version": 9_000, "labels": [], "datasets": [], "assets": []}
    empty |= {"models": [], "tasks": [], "people": []}
    assert outcome(empty) == "applied"
    texts = apps.get_model("worker_store", "Example").objects.values_list("text", flat=True)
    assert sorted(texts) == ["kept", "kept too"]
