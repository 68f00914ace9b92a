"""The long poll on its own server: prompt, patient, no database connection while it waits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import psycopg
import pytest
import uvicorn
from annex.contract.canonical import canonical_bytes
from annex.contract.inbound import JobCancel, PollAnswer
from annex.contract.outbound import PollRequest
from annex.contract.requests import RequestStamp, sign_request
from annex.contract.signing import check_command
from django.conf import settings

from api.link.poll import PollApplication
from api.link.rings import Rings
from controlplane.clusters.commands import send_command
from controlplane.clusters.keys import command_key
from controlplane.clusters.models import Cluster
from controlplane.lib.tenancy import tenant
from tests.api.link.test_line_edge import Line
from tests.controlplane.clusters.world import enrolled

pytestmark = pytest.mark.django_db(transaction=True)
PROMPT_SECONDS = 0.3


@contextmanager
def serving() -> Iterator[str]:
    """Run the application as production does and yield its origin."""
    application = PollApplication(Rings(settings.REDIS_URL))
    server = uvicorn.Server(
        uvicorn.Config(application, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    application.threads.shutdown()


@pytest.fixture
def line() -> Line:
    world = enrolled()
    ready = Line(world, world.key)
    ready.open()
    return ready


def poll(line: Line, origin: str, *, wait: int, after: int = 0, free: int = 0) -> httpx.Response:
    line.number += 1
    body = canonical_bytes(PollRequest(after=after, wait_seconds=wait, free_slots=free))
    stamp = RequestStamp(int(time.time()), line.key.key_id, line.session, line.number)
    headers = sign_request(line.key, "POST", "/link/v1/poll", body, stamp)
    return httpx.post(f"{origin}/link/v1/poll", content=body, headers=headers, timeout=60)


def in_background(call: Any) -> tuple[threading.Thread, list[tuple[float, httpx.Response]]]:
    answers: list[tuple[float, httpx.Response]] = []

    def run() -> None:
        response = call()
        answers.append((time.monotonic(), response))

    thread = threading.Thread(target=run)
    thread.start()
    return thread, answers


def other_connections(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state <> 'idle'"
        ).fetchone()
        return int(row[0]) if row else 0


def test_a_new_command_is_seen_at_once(line: Line, database_urls: dict[str, str]) -> None:
    with serving() as origin:
        poll(line, origin, wait=0)  # the first request starts the subscription
        thread, answers = in_background(lambda: poll(line, origin, wait=10))
        time.sleep(1.0)
        assert answers == []
        assert other_connections(database_urls["postgres"]) == 0
        with tenant(line.world.organization_id):
            cluster = Cluster.objects.get(id=line.world.cluster.id)
            send_command(cluster=cluster, body=JobCancel(job=line.world.project.id))
        sent = time.monotonic()
        thread.join(60)
        at, response = answers[0]
        answer = PollAnswer.model_validate_json(response.content)
        check_command(command_key().public_key, answer.commands[0])
        assert at - sent < PROMPT_SECONDS * 3  # a busy machine; alone it is a few milliseconds
        assert poll(line, origin, wait=0, after=1).json() == {"commands": []}


def test_a_queued_job_is_offered_to_a_waiting_cluster_that_has_room(line: Line) -> None:
    with serving() as origin:
        poll(line, origin, wait=0)
        thread, answers = in_background(lambda: poll(line, origin, wait=10, free=1))
        time.sleep(0.5)
        job = line.world.start()
        thread.join(60)
        commands = answers[0][1].json()["commands"]
        assert [command["body"]["job"] for command in commands] == [str(job.id)]
        assert poll(line, origin, wait=0, free=0, after=1).json() == {"commands": []}


def test_an_empty_poll_waits_as_long_as_asked(line: Line) -> None:
    with serving() as origin:
        started = time.monotonic()
        assert poll(line, origin, wait=1).json() == {"commands": []}
        assert time.monotonic() - started >= 1.0


def test_a_newer_session_wakes_and_ends_the_older_ones_poll(line: Line) -> None:
    with serving() as origin:
        poll(line, origin, wait=0)
        older = Line(line.world, line.key, session=line.session, number=100)
        thread, answers = in_background(lambda: poll(older, origin, wait=30))
        time.sleep(0.5)
        started = time.monotonic()
        assert line.open().status_code == 200
        thread.join(60)
        assert time.monotonic() - started < 25.0  # before its time was over
        document = json.loads(answers[0][1].content)
        assert (answers[0][1].status_code, document["code"]) == (409, "session.superseded")


def test_nothing_else_is_served_there_and_bad_requests_are_told(line: Line) -> None:
    with serving() as origin:
        assert httpx.get(f"{origin}/").json()["code"] == "resource.not_found"
        unsigned = httpx.post(f"{origin}/link/v1/poll", content=b"{}")
        assert (unsigned.status_code, unsigned.json()["code"]) == (401, "signature.invalid")
        large = httpx.post(f"{origin}/link/v1/poll", content=b"x" * (2 * 1024 * 1024))
        assert (large.status_code, large.json()["code"]) == (413, "request.too_large")
