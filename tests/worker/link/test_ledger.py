"""The ledger: written before sending, and no row can be changed without it showing."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Thread
from typing import Any

import httpx
import pytest
from annex.contract.canonical import sha256_hex
from annex.contract.inbound import PollAnswer
from annex.contract.keys import BadSignature, Purpose, SigningKey
from annex.contract.outbound import PollRequest
from annex.contract.requests import check_request
from annex.contract.signing import GENESIS, sign_receipt
from django.db import DatabaseError, connection, transaction

from worker.link import client as client_module
from worker.link.client import LinkClient
from worker.link.errors import LinkInterrupted, LinkRefused, SessionEnded
from worker.link.ledger import Entry, append, find_flaws, keep_receipt
from worker.link.ledger_reading import one_moment
from worker.link.models import Ledger, LedgerReceipt

pytestmark = pytest.mark.django_db

KEY = SigningKey.from_bytes(bytes(range(32)))
CONTROL_PLANE = SigningKey.from_bytes(bytes(range(1, 33)))
POLL = PollRequest(after=0, wait_seconds=0, free_slots=1)


def write(count: int) -> list[Ledger]:
    entries = [
        Entry(at=1_700_000_000 + n, method="POST", path="/x", session=1, number=n)
        for n in range(count)
    ]
    rows = [
        append(KEY, entry, lambda prev: json.dumps({"prev": prev}).encode()) for entry in entries
    ]
    last = rows[-1]
    keep_receipt(last, sign_receipt(CONTROL_PLANE, 1, last.head), CONTROL_PLANE.public_key)
    return rows


def flaws(rows: list[Ledger]) -> list[tuple[int, str]]:
    receipts = LedgerReceipt.objects.order_by("ledger_seq")
    return [(flaw.seq, flaw.reason) for flaw in find_flaws(rows, receipts, KEY.public_key)]


def test_an_untouched_ledger_is_whole() -> None:
    rows = write(4)
    assert [row.seq for row in rows] == [1, 2, 3, 4]
    assert rows[0].prev == GENESIS
    assert flaws(list(Ledger.objects.order_by("seq"))) == []


def change_body_and_digest(row: Ledger) -> None:
    row.body, row.body_sha256 = b"{}", sha256_hex(b"{}")


CHANGES: dict[str, Callable[[Ledger], None]] = {
    "body": lambda row: setattr(row, "body", bytes(row.body)[:-1] + b"!"),
    "body_and_digest": change_body_and_digest,
    "path": lambda row: setattr(row, "path", "/y"),
    "time": lambda row: setattr(row, "at", row.at + 1),
    "count": lambda row: setattr(row, "events", 1),
    "number": lambda row: setattr(row, "number", 77),
    "head": lambda row: setattr(row, "head", "0" * 64),
    "signature": lambda row: setattr(row, "signature", KEY.sign(Purpose.LEDGER, b"x")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_row_shows(change: str) -> None:
    write(4)
    rows = list(Ledger.objects.order_by("seq"))
    CHANGES[change](rows[1])
    assert 2 in {seq for seq, _ in flaws(rows)}


def test_a_dropped_a_swapped_and_a_cut_off_row_show() -> None:
    write(4)
    rows = list(Ledger.objects.order_by("seq"))
    assert flaws([rows[0], rows[2], rows[3]]) != []
    assert flaws([rows[0], rows[2], rows[1], rows[3]]) != []
    assert flaws(rows[:3]) == [(4, "the control plane's receipt names another head")]
    assert flaws(rows) == []


def test_a_whole_new_chain_by_another_key_shows() -> None:
    write(2)
    forged = SigningKey.generate()
    assert [
        flaw.seq for flaw in find_flaws(Ledger.objects.order_by("seq"), [], forged.public_key)
    ] == [1, 2]


def test_a_receipt_for_another_head_or_by_another_key_is_refused() -> None:
    row = write(1)[0]
    with pytest.raises(BadSignature):
        keep_receipt(row, sign_receipt(CONTROL_PLANE, 1, GENESIS), CONTROL_PLANE.public_key)
    with pytest.raises(BadSignature):
        keep_receipt(row, sign_receipt(KEY, 1, row.head), CONTROL_PLANE.public_key)


def test_the_serving_role_cannot_rewrite_it() -> None:
    write(1)
    for statement in ("UPDATE worker_link_ledger SET path = ''", "DELETE FROM worker_link_ledger"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def client(answer: Callable[[httpx.Request], httpx.Response]) -> LinkClient:
    """Return a client whose wire is a function: what is tested is what would leave."""
    return LinkClient("http://cp.test", KEY, session=3, transport=httpx.MockTransport(answer))


def test_what_leaves_is_what_stands_in_the_ledger_and_it_stands_there_first() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        row = Ledger.objects.get()
        assert bytes(row.body) == request.content
        stamp = check_request(KEY.public_key, "POST", row.path, request.content, request.headers)
        assert (stamp.session, stamp.number, stamp.created) == (row.session, row.number, row.at)
        seen.append(request)
        return httpx.Response(200, json={"commands": []})

    assert client(answer).post("/link/v1/poll", POLL, PollAnswer).commands == []
    assert len(seen) == 1


def test_no_row_no_send(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Ledger:
        raise DatabaseError("disk full")

    monkeypatch.setattr(client_module, "append", broken)
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200)

    with pytest.raises(DatabaseError):
        client(answer).post("/link/v1/poll", POLL, PollAnswer)
    assert sent == []


@pytest.mark.parametrize(
    ("response", "raised"),
    [
        (httpx.Response(200, text="<html>Welcome to the proxy"), LinkInterrupted),
        (httpx.Response(200, json={"commands": [], "more": 1}), LinkInterrupted),
        (httpx.Response(302, headers={"location": "http://evil.test"}), LinkInterrupted),
        (httpx.Response(503, json={"code": "service.unavailable"}), LinkInterrupted),
        (httpx.Response(502, text="bad gateway"), LinkInterrupted),
        (httpx.Response(409, json={"code": "job.taken", "family": "customer"}), LinkRefused),
        (httpx.Response(409, json={"code": "session.superseded"}), SessionEnded),
        (httpx.Response(403, json={"code": "cluster.revoked"}), SessionEnded),
    ],
)
def test_every_answer_is_told_apart(response: httpx.Response, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        client(lambda request: response).post("/link/v1/poll", POLL, PollAnswer)


def test_a_skewed_clock_is_corrected_and_retry_after_is_obeyed() -> None:
    line = client(
        lambda request: httpx.Response(
            401,
            headers={"retry-after": "7"},
            json={"code": "clock.skew", "family": "transient", "server_time": 4_000_000_000},
        )
    )
    with pytest.raises(LinkRefused) as refused:
        line.post("/link/v1/poll", POLL, PollAnswer)
    assert (refused.value.passes, refused.value.retry_after_seconds) == (True, 7.0)
    assert line.offset_seconds > 1_000_000_000
    assert line.record("POST", "/x", lambda prev: POLL).at >= 3_999_999_999


@pytest.mark.django_db(transaction=True)
def test_reading_sees_one_moment_while_the_link_goes_on_writing() -> None:
    def write_elsewhere() -> None:
        write(1)
        connection.close()

    write(2)
    with one_moment():
        assert Ledger.objects.count() == 2
        thread = Thread(target=write_elsewhere)
        thread.start()
        thread.join()
        assert (Ledger.objects.count(), LedgerReceipt.objects.count()) == (2, 1)
    assert (Ledger.objects.count(), LedgerReceipt.objects.count()) == (3, 2)
