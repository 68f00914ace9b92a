"""One step of each loop on a scripted wire: what it stores, gives up, resumes, waits for."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from annex.contract.canonical import digest_of
from annex.contract.enums import JobState
from annex.contract.keys import SigningKey
from annex.contract.outbound import EventBatch, JobStateChanged
from annex.contract.signing import sign_command, sign_receipt
from django.utils import timezone
from pytest_django import Settings

from worker.link.backoff import Backoff
from worker.link.client import LinkClient
from worker.link.errors import LinkDisabled, LinkInterrupted, LinkRefused
from worker.link.ledger import Entry
from worker.link.models import Inbox, Ledger, LedgerReceipt, LinkLease, LinkState, OutboxEvent
from worker.link.outbox import emit, first_unaccepted
from worker.link.poll import Poller
from worker.link.preview import pending_bodies
from worker.link.renew import GONE_AFTER_SECONDS, Renewer
from worker.link.run import make_link
from worker.link.session import open_session
from worker.link.upload import Uploader

pytestmark = pytest.mark.django_db

KEY = SigningKey.from_bytes(bytes(range(32)))
K_CMD = SigningKey.from_bytes(bytes(range(1, 33)))
CLUSTER, JOB = UUID(int=7), UUID(int=1)
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def state() -> LinkState:
    return LinkState.objects.create(
        id=1,
        control_plane="http://cp.test",
        cluster=CLUSTER,
        organization=uuid4(),
        public_key=KEY.public_key,
        command_key_id=K_CMD.key_id,
        command_key=K_CMD.public_key,
        enrolled_at=timezone.now(),
    )


def client(answer: Answer) -> LinkClient:
    return LinkClient("http://cp.test", KEY, session=1, transport=httpx.MockTransport(answer))


def problem(status: int, code: str, **extra: Any) -> httpx.Response:
    family = extra.pop("family", "customer")
    return httpx.Response(status, json={"code": code, "family": family, "title": code} | extra)


def lease(lease_class: str = "strict", **changes: Any) -> UUID:
    fields = {"job": uuid4(), "epoch": 1, "renewed_at": timezone.now()}
    return LinkLease.objects.create(lease_class=lease_class, **fields | changes).job


# --- poll -----------------------------------------------------------------------------------


def offer() -> dict[str, Any]:
    now = int(time.time())
    body = {
        "type": "job.offer",
        "job": str(JOB),
        "epoch": 4,
        "project": str(uuid4()),
        "recipe": "export.v1",
        "arguments": {"dataset": str(uuid4())},
        "lease_class": "strict",
    }
    fields = {"cluster": CLUSTER, "seq": 9, "id": uuid4(), "iat": now, "exp": now + 60}
    return sign_command(K_CMD, fields | {"body": body}).model_dump(mode="json")


def poller(claim: httpx.Response, bells: list[int]) -> Poller:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/claim"):
            assert json.loads(request.content) == {"epoch": 4}
            return claim
        assert json.loads(request.content)["free_slots"] == 2
        return httpx.Response(200, json={"commands": [offer()]})

    return Poller(client(answer), "http://cp.test", 0, doorbell=lambda: bells.append(1))


def test_an_offer_is_claimed_and_handed_on_with_its_granted_epoch(settings: Settings) -> None:
    settings.SLOTS, bells = 2, list[int]()
    granted = {"job": str(JOB), "epoch": 5, "lease_seconds": 120}
    poller(httpx.Response(200, json=granted), bells).step()
    row = Inbox.objects.get()
    assert (row.state, row.body["epoch"], LinkLease.objects.get().epoch) == ("received", 5, 5)
    assert bells == [1]


def test_a_taken_offer_lapses_and_a_broken_wire_leaves_it_waiting(settings: Settings) -> None:
    settings.SLOTS = 2
    with pytest.raises(LinkInterrupted):
        poller(httpx.Response(502, text="no"), []).step()
    assert Inbox.objects.get().state == "waiting"
    poller(problem(409, "job.taken"), []).claim_offers()
    assert (Inbox.objects.get().state, LinkLease.objects.count()) == ("lapsed", 0)


def test_without_a_free_slot_an_offer_waits(settings: Settings) -> None:
    settings.SLOTS = 2
    with pytest.raises(LinkInterrupted):
        poller(httpx.Response(502, text="no"), []).step()
    lease()
    lease()
    assert poller(problem(409, "job.taken"), []).claim_offers() == 0
    assert Inbox.objects.get().state == "waiting"


# --- renew ----------------------------------------------------------------------------------


def test_lost_and_cancelled_leases_are_noted_once() -> None:
    kept, lost, cancelled = lease(), lease(), lease()
    bells: list[int] = []
    answer = {"lost": [str(lost)], "cancel": [str(cancelled)]}
    renewer = Renewer(client(lambda _: httpx.Response(200, json=answer)), lambda: bells.append(1))
    renewer.step()
    renewer.step()
    stops = dict(LinkLease.objects.values_list("job", "stop"))
    assert stops == {kept: "", lost: "lost", cancelled: "cancel"}
    assert bells == [1]


def test_strict_work_is_given_up_when_the_control_plane_falls_silent_and_sticky_is_not() -> None:
    strict, sticky = lease(), lease("sticky")
    clock = [1000.0]
    renewer = Renewer(
        client(lambda _: httpx.Response(503, text="")), lambda: None, clock=lambda: clock[0]
    )
    for passed in (0.0, GONE_AFTER_SECONDS - 1.0):
        clock[0] = 1000.0 + passed
        with pytest.raises(LinkInterrupted):
            renewer.step()
        assert LinkLease.objects.get(job=strict).stop == ""
    clock[0] = 1000.0 + GONE_AFTER_SECONDS + 1.0
    with pytest.raises(LinkInterrupted):
        renewer.step()
    assert LinkLease.objects.get(job=strict).stop == "lost"
    assert LinkLease.objects.get(job=sticky).stop == ""


def test_a_link_that_starts_again_counts_from_the_last_renewal() -> None:
    old = timezone.now() - timedelta(seconds=GONE_AFTER_SECONDS + 1)
    strict = lease(renewed_at=old)
    renewer = Renewer(client(lambda _: httpx.Response(503, text="")), lambda: None)
    with pytest.raises(LinkInterrupted):
        renewer.step()
    assert LinkLease.objects.get(job=strict).stop == "lost"


# --- upload ---------------------------------------------------------------------------------


def say(count: int) -> None:
    for _ in range(count):
        emit(JobStateChanged(job=uuid4(), job_epoch=1, state=JobState.RUNNING))


def sign_for(request: httpx.Request) -> httpx.Response:
    """Answer as the control plane does: sign for the head that the ledger must have."""
    batch = EventBatch.model_validate_json(request.content)
    head = Ledger.objects.order_by("-seq").values_list("head", flat=True)[0]
    receipt = sign_receipt(K_CMD, batch.events[-1].seq, head)
    return httpx.Response(200, json=receipt.model_dump(mode="json"))


def test_accepted_events_leave_the_outbox_with_a_receipt() -> None:
    say(3)
    assert Uploader(client(sign_for)).step() == 3
    assert (OutboxEvent.objects.count(), LedgerReceipt.objects.get().accepted_seq) == (0, 3)
    assert Uploader(client(sign_for)).step() == 0


def test_a_lost_answer_repeats_the_very_same_events() -> None:
    say(2)
    sent: list[EventBatch] = []

    def lose(request: httpx.Request) -> httpx.Response:
        sent.append(EventBatch.model_validate_json(request.content))
        raise httpx.ReadTimeout("lost")

    for _ in range(2):
        with pytest.raises(LinkInterrupted):
            Uploader(client(lose)).step()
    assert [digest_of(e) for e in sent[0].events] == [digest_of(e) for e in sent[1].events]
    assert sent[0].prev_hash != sent[1].prev_hash
    assert Ledger.objects.count() == 2


def test_a_gap_is_resumed_where_the_control_plane_says() -> None:
    say(3)
    gap = problem(409, "events.gap", family="transient", expected=3)
    assert Uploader(client(lambda _: gap)).step() == 2
    assert first_unaccepted() == 3
    behind = problem(409, "events.gap", family="transient", expected=1)
    with pytest.raises(LinkRefused):
        Uploader(client(lambda _: behind)).step()
    assert OutboxEvent.objects.count() == 1


def test_a_receipt_that_is_not_the_control_planes_accepts_nothing() -> None:
    say(1)
    forged = sign_receipt(KEY, 1, "0" * 64).model_dump(mode="json")
    with pytest.raises(LinkInterrupted):
        Uploader(client(lambda _: httpx.Response(200, json=forged))).step()
    assert OutboxEvent.objects.count() == 1


# --- session, dry run, waiting --------------------------------------------------------------


def session_answer(poll_url: str) -> httpx.Response:
    body = {"session_epoch": 5, "protocol": "2026-11-21", "next_event": 1, "poll_url": poll_url}
    body |= {"console_origin": "http://cp.test", "poll_seconds": 25, "renew_seconds": 30}
    return httpx.Response(200, json=body | {"lease_seconds": 120, "server_time": 2_000_000_000})


def test_a_session_brings_epoch_and_clock_but_no_foreign_host() -> None:
    line = client(lambda _: session_answer("http://evil.test/link/v1/poll"))
    with pytest.raises(LinkInterrupted):
        open_session(line)
    line = client(lambda _: session_answer("http://cp.test:8001/link/v1/poll"))
    open_session(line)
    assert (line.session, LinkState.objects.get().session_epoch) == (5, 5)
    assert abs(line.offset_seconds + time.time() - 2_000_000_000) < 5
    assert LinkState.objects.get().openings == 2


def test_after_a_restored_backup_the_count_of_openings_catches_up() -> None:
    line = client(lambda _: problem(409, "request.replayed", expected=40))
    with pytest.raises(LinkRefused):
        open_session(line)
    assert LinkState.objects.get().openings == 39


def test_a_dry_run_shows_the_bodies_and_leaves_no_trace() -> None:
    say(2)
    job = lease()
    bodies = dict(pending_bodies())
    assert set(bodies) == {
        "/link/v1/session",
        "/link/v1/poll",
        "/link/v1/leases/renew",
        "/link/v1/events",
    }
    batch = EventBatch.model_validate(bodies["/link/v1/events"])
    assert [event.seq for event in batch.events] == [1, 2]
    assert str(job) in json.dumps(bodies["/link/v1/leases/renew"])
    assert OutboxEvent.objects.filter(seq=None).count() == 2
    assert Ledger.objects.count() == 0


def test_a_cut_line_stays_cut(settings: Settings) -> None:
    settings.LINK_ENABLED = False
    with pytest.raises(LinkDisabled):
        make_link()


def test_backoff_grows_to_a_minute_and_obeys_retry_after() -> None:
    backoff = Backoff(random=random.Random(1))
    waits = [backoff.failed() for _ in range(200)]
    assert all(0.0 <= wait <= 60.0 for wait in waits)
    assert waits[0] <= 1.0
    assert max(waits[10:]) > 50.0
    assert backoff.failed(retry_after_seconds=90.0) == 90.0
    backoff.succeeded()
    assert backoff.failed() <= 1.0


def test_meta_names_no_more_than_both_ends_know() -> None:
    entry = Entry(at=1, method="POST", path="/x", session=2, number=3, events=4)
    assert json.loads(entry.meta()) == {
        "at": 1,
        "method": "POST",
        "path": "/x",
        "session": 2,
        "number": 3,
        "events": 4,
    }
