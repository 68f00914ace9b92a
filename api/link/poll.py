"""`POST poll`: wait for commands without holding a thread or a database connection.

Database work runs in a few threads that are returned after each look; a request that waits is
a coroutine asleep on a ring from Redis.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from annex.contract.inbound import PollAnswer
from annex.contract.outbound import PollRequest
from django.db import close_old_connections
from django.utils import timezone

from api.link.edge import MAX_BODY_BYTES, BodyTooLarge
from api.link.rings import Rings
from common.errors import AnnexError, NotFound
from common.problems import PROBLEM_TYPE, Unexpected, as_annex_error, report_unexpected
from controlplane.clusters.commands import commands_after
from controlplane.clusters.errors import SessionSuperseded
from controlplane.clusters.sessions import Caller, SignedRequest, authenticate, is_current
from controlplane.jobs.leases import offer_jobs
from controlplane.lib.tenancy import tenant

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
T = TypeVar("T")

PATH: Final = "/link/v1/poll"
LOOK_AGAIN_SECONDS: Final = 5.0
"""A lost ring costs no more than this."""
THREADS: Final = 8


class PollApplication:
    """ASGI application that answers the long poll and nothing else."""

    def __init__(self, rings: Rings) -> None:
        self.rings = rings
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="poll")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, with a problem document for every error."""
        if scope["type"] != "http":
            return
        try:
            answer = await self._answer(scope, receive)
            await _send_json(send, 200, answer.model_dump_json().encode(), "application/json")
        except Exception as raised:
            error = as_annex_error(raised)
            if isinstance(error, Unexpected):
                report_unexpected(error, raised, None)
            await _send_problem(send, error)

    async def _answer(self, scope: dict[str, Any], receive: Receive) -> PollAnswer:
        if scope["method"] != "POST" or scope["path"] != PATH:
            raise NotFound
        request = _signed_request(scope, await _read_body(receive))
        caller = await self._in_thread(lambda: authenticate(request))
        return await self._wait(caller, PollRequest.model_validate_json(request.body))

    async def _wait(self, caller: Caller, poll: PollRequest) -> PollAnswer:
        """Look, sleep until rung, look again; answer at the first command or at the end of time."""
        deadline = time.monotonic() + poll.wait_seconds
        with self.rings.listen(caller.cluster) as rung:
            while True:
                rung.clear()
                answer = await self._in_thread(lambda: _look(caller, poll))
                left = deadline - time.monotonic()
                if answer.commands or left <= 0:
                    return answer
                await _sleep(rung, min(left, LOOK_AGAIN_SECONDS))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, _with_connection, work)


def _with_connection(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


def _look(caller: Caller, poll: PollRequest) -> PollAnswer:
    with tenant(caller.organization):
        if not is_current(caller):
            raise SessionSuperseded
        offer_jobs(cluster_id=caller.cluster, free_slots=poll.free_slots, now=timezone.now())
        return PollAnswer(commands=commands_after(cluster_id=caller.cluster, after=poll.after))


async def _sleep(rung: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(rung.wait(), seconds)
    except TimeoutError:
        return


async def _read_body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > MAX_BODY_BYTES:
            raise BodyTooLarge
        if not message.get("more_body"):
            return body


def _signed_request(scope: dict[str, Any], body: bytes) -> SignedRequest:
    query = scope.get("query_string", b"").decode("latin-1")
    target = scope["path"] + (f"?{query}" if query else "")
    headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
    return SignedRequest(scope["method"], target, body, headers)


async def _send_problem(send: Send, error: AnnexError) -> None:
    await _send_json(send, error.status, json.dumps(error.to_problem()).encode(), PROBLEM_TYPE)


async def _send_json(send: Send, status: int, body: bytes, media_type: str) -> None:
    headers = [(b"content-type", media_type.encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
