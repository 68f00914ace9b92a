"""Answers per second of 16 annotators through the app's own endpoint, against a bare loop.

Both run on the same PostgreSQL, with durable commits, in the same run. The bare loop is the least
that any such system must do: claim the next example, insert the answer, each with a commit.
The queue is half done when the clock starts, so that the dead rows at its head count too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psycopg

from benchmarks.annotation_stage import Stage, make_stage
from benchmarks.figures import Figure, finish
from common.embedded.servers import EmbeddedServers

REPOSITORY = Path(__file__).resolve().parents[1]
BATCH = 5
PEER = 37.0
"""Answers a second of the fastest of four tools, measured elsewhere with 16 annotators."""


@dataclass(frozen=True)
class Rates:
    """What a run measured. `next_p95_ms`: from asking for the next examples to having them."""

    examples: int
    annotators: int
    app_answers_per_second: float
    by_ten_per_second: float
    bare_answers_per_second: float
    next_p50_ms: float
    next_p95_ms: float
    save_p95_ms: float

    def figures(self) -> list[Figure]:
        """Return the rows of the table."""
        app, ten = self.app_answers_per_second, self.by_ten_per_second
        bare = self.bare_answers_per_second
        what = f"annotation, {self.annotators} annotators"
        return [
            Figure(f"{what}, one answer a request", app, "answers/s", bare, "bare loop"),
            Figure(f"{what}, ten a request", ten, "answers/s", bare, "bare loop"),
            Figure(f"{what}, one answer a request", app, "answers/s", PEER, "the fastest peer"),
            Figure("next examples, p50", self.next_p50_ms, "ms"),
            Figure("next examples, p95", self.next_p95_ms, "ms"),
            Figure("saving one answer, p95", self.save_p95_ms, "ms"),
        ]


def measure(*, examples: int, annotators: int, seconds: float) -> Rates:
    """Run both loops on servers of their own and return what they reached."""
    with (
        tempfile.TemporaryDirectory(prefix="annex-bench-") as folder,
        EmbeddedServers(Path(folder) / "servers") as servers,
    ):
        origin = f"http://127.0.0.1:{_free_port()}"
        os.environ.update(_environment(servers, folder, origin))
        _run_worker("django", "migrate", "--verbosity", "0")
        stage = make_stage(examples, annotators)
        with _web(origin):
            app = asyncio.run(_drive(origin, stage, seconds, together=1))
            by_ten = asyncio.run(_drive(origin, stage, seconds, together=10))
        bare = _bare_rate(servers, examples, annotators, seconds)
    nexts, saves = sorted(app.nexts), sorted(app.saves)
    return Rates(
        examples=examples,
        annotators=annotators,
        app_answers_per_second=len(saves) / seconds,
        by_ten_per_second=10 * len(by_ten.saves) / seconds,
        bare_answers_per_second=bare,
        next_p50_ms=nexts[len(nexts) // 2] * 1000,
        next_p95_ms=nexts[int(len(nexts) * 0.95)] * 1000,
        save_p95_ms=saves[int(len(saves) * 0.95)] * 1000,
    )


# --- through the app ---------------------------------------------------------------------------


@dataclass
class Timings:
    """Seconds of every request that was answered in time."""

    nexts: list[float]
    saves: list[float]


async def _drive(origin: str, stage: Stage, seconds: float, *, together: int) -> Timings:
    """Let everybody annotate; each save carries `together` answers."""
    timings = Timings([], [])
    async with aiohttp.ClientSession(origin) as client:
        # A first round fills the connection pools and loads the tokeniser.
        for until, kept in ((2.0, None), (seconds, timings)):
            await asyncio.gather(
                *(
                    _annotate(client, stage, who, until, kept, together=together)
                    for who in stage.sessions
                )
            )
    return timings


async def _annotate(
    client: aiohttp.ClientSession,
    stage: Stage,
    who: tuple[str, str],
    seconds: float,
    timings: Timings | None,
    *,
    together: int,
) -> None:
    """Annotate: ask for the next examples, save what was decided about each of them."""
    # By hand: a client library keeps `Secure` cookies off plain http.
    headers = {"Cookie": f"__Host-annex={who[0]}", "X-CSRF-Token": who[1]}
    waiting: list[str] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not waiting:
            waiting, took = await _next(client, stage, headers, max(BATCH, together))
            if timings and time.monotonic() < until:
                timings.nexts.append(took)
        decided, waiting = waiting[:together], waiting[together:]
        took = await _save(client, stage, headers, decided)
        if timings and time.monotonic() < until:
            timings.saves.append(took)


async def _next(
    client: aiohttp.ClientSession, stage: Stage, headers: dict[str, str], size: int
) -> tuple[list[str], float]:
    begun = time.monotonic()
    body = {"size": size, "holding": []}
    async with client.post(f"/api/tasks/{stage.task}/batch", json=body, headers=headers) as answer:
        answer.raise_for_status()
        examples = [row["id"] for row in (await answer.json())["examples"]]
    if not examples:
        raise RuntimeError("The queue ran dry: take more examples or fewer seconds.")
    return examples, time.monotonic() - begun


async def _save(
    client: aiohttp.ClientSession, stage: Stage, headers: dict[str, str], examples: list[str]
) -> float:
    """Save one answer under its own address, several in one post; return the seconds."""
    begun = time.monotonic()
    where = f"/api/tasks/{stage.task}/answers"
    bodies = [_body(stage, example) for example in examples]
    if len(bodies) == 1:
        request = client.put(f"{where}/{uuid.uuid4()}", json=bodies[0], headers=headers)
    else:
        answers = [{"id": str(uuid.uuid4())} | body for body in bodies]
        request = client.post(where, json={"answers": answers}, headers=headers)
    async with request as answer:
        answer.raise_for_status()
        saved = await answer.json()
    if any(row["status"] != 201 for row in saved.get("results", ())):
        raise RuntimeError("An answer was not saved as new.")
    return time.monotonic() - begun


def _body(stage: Stage, example: str) -> dict[str, Any]:
    span = {"start": 4, "end": 16, "label": str(stage.label)}
    return {"example": example, "verdict": "accept", "spans": [span], "working_ms": 900}


@contextmanager
def _web(origin: str) -> Iterator[None]:
    environment = os.environ | {"ANNEX_WORKER_WEB_BIND": origin.removeprefix("http://")}
    process = subprocess.Popen(
        [sys.executable, "-m", "worker", "web"], cwd=REPOSITORY, env=environment
    )
    try:
        _wait_for(origin, process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(origin: str, process: subprocess.Popen[bytes]) -> None:
    host, _, port = origin.removeprefix("http://").partition(":")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The worker's web server did not start.")


# --- the bare loop -----------------------------------------------------------------------------

_BARE_TABLES = """
CREATE TABLE bare_item (id bigint PRIMARY KEY, position bigint NOT NULL, open boolean NOT NULL);
CREATE TABLE bare_answer (id uuid PRIMARY KEY, item bigint NOT NULL, spans jsonb NOT NULL);
INSERT INTO bare_item SELECT n, n, n > %(half)s FROM generate_series(1, %(examples)s) n;
CREATE INDEX bare_head ON bare_item (position) WHERE open;
ANALYZE bare_item;
"""
_BARE_CLAIM = """
UPDATE bare_item SET open = false WHERE id = (SELECT id FROM bare_item WHERE open
ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id
"""
_BARE_SAVE = "INSERT INTO bare_answer VALUES (%s, %s, %s)"
_BARE_SPANS = '[{"start": 4, "end": 16, "label": "2b8f3d0e-5a53-4f7e-9d38-6f0f4c1c9a10"}]'


def _bare_rate(servers: EmbeddedServers, examples: int, annotators: int, seconds: float) -> float:
    url = servers.addresses.database_url("postgres", "postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        values = {"half": examples // 2, "examples": examples}
        for statement in filter(str.strip, _BARE_TABLES.split(";")):
            connection.execute(statement.encode(), values if "%(" in statement else None)
    counts = [0] * annotators

    def loop(number: int) -> None:
        until = time.monotonic() + seconds
        with psycopg.connect(url, autocommit=True) as connection:
            while time.monotonic() < until:
                row = connection.execute(_BARE_CLAIM).fetchone()
                if row is None:
                    return
                connection.execute(_BARE_SAVE, [uuid.uuid4(), row[0], _BARE_SPANS])
                counts[number] += 1

    threads = [threading.Thread(target=loop, args=(n,)) for n in range(annotators)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


# --- around it ---------------------------------------------------------------------------------


def _environment(servers: EmbeddedServers, folder: str, origin: str) -> dict[str, str]:
    return servers.addresses.environment() | {
        "DJANGO_SETTINGS_MODULE": "worker.settings.demo",
        "ANNEX_WORKER_ORIGIN": origin,
        "ANNEX_WORKER_SECRET_KEY": "a key for one run of the bench, which nobody else can reach",
        "ANNEX_WORKER_FILES": f"{folder}/files",
        "ANNEX_WORKER_STATE": f"{folder}/state",
    }


def _run_worker(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "worker", *arguments], cwd=REPOSITORY, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Measure with the sizes of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=160_000, help="size of the queue")
    parser.add_argument("--annotators", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each loop")
    chosen = parser.parse_args()
    return finish(measure(**vars(chosen)).figures())


if __name__ == "__main__":
    sys.exit(main())
