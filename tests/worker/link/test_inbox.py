"""Commands are carried out in the order of their numbers, whatever fails meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.inbound import Grant, JobOffer
from annex.contract.keys import SigningKey
from annex.contract.signing import sign_command
from django.db import OperationalError
from django.utils import timezone

from worker.jobs.models import Attempt
from worker.link.inbox import MAX_TRIES, accept_grant, process_inbox, store_commands, waiting_offers
from worker.link.models import Inbox, LinkState
from worker.projects import hooks
from worker.projects.hooks import AppliedSnapshot
from worker.store.models import Dataset

pytestmark = pytest.mark.django_db

K_CMD = SigningKey.from_bytes(bytes(range(32)))
CLUSTER, PROJECT, DATASET = UUID(int=7), UUID(int=2), UUID(int=3)
SNAPSHOT: dict[str, Any] = {
    "type": "config.snapshot", "project": str(PROJECT), "title": "News", "version": 1,
    "labels": [], "assets": [], "models": [], "tasks": [], "people": [],
    "datasets": [{"id": str(DATASET), "name": "main", "role": "training"}],
}  # fmt: skip
OFFER: dict[str, Any] = {
    "type": "job.offer", "job": str(UUID(int=1)), "epoch": 0, "project": str(PROJECT),
    "recipe": "export.v1", "arguments": {"dataset": str(DATASET), "format": "jsonl"},
    "lease_class": "strict",
}  # fmt: skip


@pytest.fixture(autouse=True)
def received() -> None:
    """A snapshot, then the offer of a job on the dataset that it names; the offer is claimed."""
    LinkState.objects.create(
        id=1,
        control_plane="http://cp.test",
        cluster=CLUSTER,
        organization=uuid4(),
        command_key_id=K_CMD.key_id,
        command_key=K_CMD.public_key,
        enrolled_at=timezone.now(),
    )
    now = int(time.time())
    for seq, body in enumerate((SNAPSHOT, OFFER), start=1):
        fields = {"cluster": CLUSTER, "seq": seq, "id": uuid4(), "iat": now, "exp": now + 60}
        store_commands([sign_command(K_CMD, fields | {"body": body})], now=now)
    [(row, offer)] = waiting_offers()
    accept_grant(row, offer, Grant(job=offer.job, epoch=1, lease_seconds=120))


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[AppliedSnapshot]]:
    """A room that cannot follow a snapshot for the moment."""
    tried: list[AppliedSnapshot] = []

    def follow(applied: AppliedSnapshot) -> None:
        tried.append(applied)
        raise OperationalError("the database went away")

    monkeypatch.setattr(hooks, "_followers", [*hooks._followers, follow])
    yield tried
    assert tried


def states() -> list[str]:
    return list(Inbox.objects.order_by("seq").values_list("state", flat=True))


def test_a_job_finds_what_the_snapshot_before_it_names() -> None:
    assert process_inbox() == 2
    attempt = Attempt.objects.get()
    assert Dataset.objects.filter(id=DATASET, project_id=attempt.project_id).exists()
    assert states() == ["applied", "applied"]


def test_a_job_waits_for_a_snapshot_that_fails_for_the_moment(
    failing: list[AppliedSnapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert process_inbox() == 0
    assert (states(), Attempt.objects.count()) == (["received", "received"], 0)
    monkeypatch.setattr(hooks, "_followers", hooks._followers[:-1])
    assert process_inbox() == 2
    assert (states(), Attempt.objects.count()) == (["applied", "applied"], 1)


def test_a_snapshot_that_never_works_does_not_hold_up_the_line(
    failing: list[AppliedSnapshot],
) -> None:
    for _ in range(MAX_TRIES - 1):
        assert process_inbox() == 0
    assert process_inbox() == 2
    assert states() == ["refused", "applied"]
    assert len(failing) == MAX_TRIES


def test_an_offer_that_nobody_has_claimed_holds_up_nothing() -> None:
    body = JobOffer.model_validate(OFFER).model_dump(mode="json")
    Inbox.objects.filter(seq=2).update(state="waiting", body=body)
    assert process_inbox() == 1
    assert states() == ["applied", "waiting"]
