"""What may pass is repeated, patiently and with the same key; what may not is not."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from annex.client import AsyncClient, Client, Retries, clients
from annex.errors import Problem, UnexpectedAnswer, Unreachable

from tests.sdk.wire import BUSY, Reply, listening, problem

ME = {"id": "00000000-0000-4000-8000-000000000000", "email": "a@b.c", "name": "A"}
RIGHT: Reply = (200, {}, json.dumps({**ME, "memberships": []}).encode())
WAITED: list[float] = []


@pytest.fixture(autouse=True)
def _no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sleep(seconds: float) -> None:
        WAITED.append(seconds)

    WAITED.clear()
    monkeypatch.setattr(clients, "pause", WAITED.append)
    monkeypatch.setattr(clients, "pause_async", sleep)


def ask(origin: str, retries: Retries | None = None) -> str:
    with Client(origin, "anx_t", retries=retries) as client:
        return client.account.show().name


def ask_async(origin: str, retries: Retries | None = None) -> str:
    async def play() -> str:
        async with AsyncClient(origin, "anx_t", retries=retries) as client:
            return (await client.account.show()).name

    return asyncio.run(play())


both = pytest.mark.parametrize("ask", [ask, ask_async])
Ask = Callable[..., str]


@both
def test_what_passes_is_repeated(ask: Ask) -> None:
    with listening(BUSY, None, (502, {}, b"<html>"), RIGHT) as wire:
        assert ask(wire.origin) == "A"
    assert len(wire.asked) == 4
    assert len(WAITED) == 3


@both
def test_what_the_server_asks_for_is_waited(ask: Ask) -> None:
    throttled = problem(429, "transient", "request.throttled", **{"Retry-After": "7"})
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    dated = problem(503, "transient", "service.unavailable", **{"Retry-After": moment})
    with listening(throttled, dated, RIGHT) as wire:
        assert ask(wire.origin) == "A"
    assert WAITED[0] == 7
    assert 50 < WAITED[1] <= 60


@both
def test_who_asks_for_an_hour_gets_no_repeat(ask: Ask) -> None:
    late = problem(503, "transient", "service.unavailable", **{"Retry-After": "3600"})
    with listening(late) as wire, pytest.raises(Problem) as caught:
        ask(wire.origin)
    assert caught.value.retry_after_seconds == 3600
    assert WAITED == []


@both
def test_it_ends_after_so_many_tries(ask: Ask) -> None:
    with listening(*[BUSY] * 3) as wire, pytest.raises(Problem) as caught:
        ask(wire.origin, Retries(tries=3))
    assert caught.value.code == "service.unavailable"
    assert len(wire.asked) == 3


@both
def test_what_will_not_pass_is_not_repeated(ask: Ask) -> None:
    with listening(problem(500, "ours", "internal.error")) as wire, pytest.raises(Problem):
        ask(wire.origin)
    assert len(wire.asked) == 1


@both
def test_nobody_there_is_unreachable(ask: Ask) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable):
        ask(f"http://127.0.0.1:{port}", Retries(tries=2))
    assert len(WAITED) == 1


def test_pauses_grow_with_full_jitter_up_to_a_cap() -> None:
    retries = Retries(tries=12, base_seconds=1, cap_seconds=8)
    for attempt, most in ((0, 1), (1, 2), (2, 4), (3, 8), (9, 8)):
        drawn = [retries.pause(attempt, None) or 0 for _ in range(300)]
        assert 0 <= min(drawn) < most / 4
        assert most * 3 / 4 < max(drawn) <= most
    assert retries.pause(11, None) is None


def test_every_try_of_a_write_carries_the_same_key() -> None:
    made = b'{"kind": "combined", "id": "00000000-0000-4000-8000-000000000000", "name": "n"}'
    with listening(BUSY, None, (201, {}, made), (201, {}, made)) as wire:
        client = Client(wire.origin, "anx_t")
        predictors = client.organization("acme").project("p").predictors
        predictors.combine("n", rules="r", model="m")
        predictors.combine("n", rules="r", model="m")
        client.close()
    keys = [headers["Idempotency-Key"] for _, _, headers in wire.asked]
    assert keys[0] == keys[1] == keys[2] != keys[3]


def test_a_read_carries_no_key_and_the_token() -> None:
    with listening(RIGHT) as wire:
        ask(wire.origin)
    [(method, path, headers)] = wire.asked
    assert (method, path) == ("GET", "/api/v1/me")
    assert headers["Authorization"] == "Bearer anx_t"
    assert "Idempotency-Key" not in headers


def test_the_address_of_the_next_page_leads_to_no_other_host() -> None:
    elsewhere = {"results": [], "next": "https://elsewhere.example/api/v1/organizations?cursor=c"}
    last: dict[str, object] = {"results": [], "next": None}
    replies: list[Reply] = [(200, {}, json.dumps(page).encode()) for page in (elsewhere, last)]
    with listening(*replies) as wire, Client(wire.origin, "anx_t") as client:
        assert list(client.organizations.list()) == []
    assert [path for _, path, _ in wire.asked] == [
        "/api/v1/organizations",
        "/api/v1/organizations?cursor=c",
    ]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ((200, {}, b'{"id": 1}'), "GET /me"),
        ((404, {}, b"<html>"), "404, but not as Annex does"),
        ((400, {}, b'{"code": "x"}'), "400, but not as Annex does"),
    ],
)
def test_an_answer_that_is_not_ours_is_said_so(reply: Reply, said: str) -> None:
    with listening(reply) as wire, pytest.raises(UnexpectedAnswer, match=said):
        ask(wire.origin)


def test_a_redirect_is_not_followed() -> None:
    away = (302, {"Location": "https://elsewhere.example/"}, b"")
    with listening(away) as wire, pytest.raises(Unreachable, match="not as Annex does"):
        ask(wire.origin)
    assert len(wire.asked) == 1
