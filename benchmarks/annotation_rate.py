"""Answers per second of 16 annotators through the app's own endpoint, against a bare loop.

Both run on the same PostgreSQL, with durable commits and one connection an annotator, in the same
run. The bare loop is the least that any such system must do: claim the next example, insert the
answer, each with a commit; once into the app's own tables with their indexes and foreign keys, and
once into two tables that have nothing but what the loop needs.
The queue is half done when the clock starts, so that the dead rows at its head count too. The
client shares the two cores; it costs about 0.08 ms a request.
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

import psycopg

from benchmarks.annotation_stage import Stage, make_stage
from benchmarks.figures import Figure, finish
from benchmarks.load_client import Connection
from common.embedded.servers import EmbeddedServers

REPOSITORY = Path(__file__).resolve().parents[1]
BUFFER, REFILL_AT = 10, 4
"""Examples that the app keeps at hand, and at how many left it asks for more (buffer.ts)."""
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
    barest_answers_per_second: float
    next_p50_ms: float
    next_p95_ms: float
    save_p95_ms: float

    def figures(self) -> list[Figure]:
        """Return the rows of the table."""
        app, ten = self.app_answers_per_second, self.by_ten_per_second
        bare, barest = self.bare_answers_per_second, self.barest_answers_per_second
        what = f"annotation, {self.annotators} annotators"
        return [
            Figure(f"{what}, one answer a request", app, "answers/s", bare, "bare loop"),
            Figure(f"{what}, ten a request", ten, "answers/s", bare, "bare loop"),
            Figure(f"{what}, one answer a request", app, "answers/s", barest, "in bare tables"),
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
        origin = f"http://127.0.0.1:{free_port()}"
        os.environ.update(environment(servers, folder, origin))
        run_worker("django", "migrate", "--verbosity", "0")
        stage = make_stage(examples, annotators)
        with web(origin):
            app = asyncio.run(_drive(origin, stage, seconds, together=1))
            by_ten = asyncio.run(_drive(origin, stage, seconds, together=10))
        worker_url = os.environ["ANNEX_WORKER_DATABASE_URL"]
        bare = _bare_rate(worker_url, _own_loop(stage.task), annotators, seconds)
        url = servers.addresses.database_url("postgres", "postgres")
        barest = _bare_rate(url, _barest_loop(url, examples), annotators, seconds)
    nexts, saves = sorted(app.nexts), sorted(app.saves)
    return Rates(
        examples=examples,
        annotators=annotators,
        app_answers_per_second=len(saves) / seconds,
        by_ten_per_second=10 * len(by_ten.saves) / seconds,
        bare_answers_per_second=bare,
        barest_answers_per_second=barest,
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
    people = [await Annotator.sign_in(origin, stage, who, together) for who in stage.sessions]
    # A first round fills the connection pools and loads the tokeniser.
    for until, kept in ((3.0, None), (seconds, timings)):
        await asyncio.gather(*(person.annotate(until, kept) for person in people))
    for person in people:
        person.connection.close()
    return timings


@dataclass
class Annotator:
    """One person at the app, which has examples waiting in its buffer."""

    connection: Connection
    stage: Stage
    together: int
    waiting: list[str]

    @classmethod
    async def sign_in(
        cls, origin: str, stage: Stage, who: tuple[str, str], together: int
    ) -> Annotator:
        """Open a connection of the person's own with their session."""
        headers = {"Cookie": f"__Host-annex={who[0]}", "X-CSRF-Token": who[1]}
        connection = await Connection.open(origin.removeprefix("http://"), headers)
        return cls(connection, stage, together, [])

    async def annotate(self, seconds: float, timings: Timings | None) -> None:
        """Refill the buffer as the app does, and save what was decided about each example."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if len(self.waiting) <= min(REFILL_AT, BUFFER - self.together):
                took = await self.refill()
                if timings and time.monotonic() < until:
                    timings.nexts.append(took)
            took = await self.save()
            if timings and time.monotonic() < until:
                timings.saves.append(took)

    async def refill(self) -> float:
        """Ask for what the buffer lacks; return the seconds."""
        begun = time.monotonic()
        body = {"size": BUFFER - len(self.waiting), "holding": self.waiting}
        batch = await self.connection.send("POST", f"/api/tasks/{self.stage.task}/batch", body)
        self.waiting += [row["id"] for row in batch["examples"]]
        if len(self.waiting) < self.together:
            raise RuntimeError("The queue ran dry: take more examples or fewer seconds.")
        return time.monotonic() - begun

    async def save(self) -> float:
        """Save one answer under its own address, several in one post; return the seconds."""
        begun = time.monotonic()
        decided, self.waiting = self.waiting[: self.together], self.waiting[self.together :]
        where = f"/api/tasks/{self.stage.task}/answers"
        bodies = [_body(self.stage, example) for example in decided]
        if len(bodies) == 1:
            saved = await self.connection.send("PUT", f"{where}/{uuid.uuid4()}", bodies[0])
        else:
            answers = [{"id": str(uuid.uuid4())} | body for body in bodies]
            saved = await self.connection.send("POST", where, {"answers": answers})
        if any(row["status"] != 201 for row in saved.get("results", ())):
            raise RuntimeError("An answer was not saved as new.")
        return time.monotonic() - begun


def _body(stage: Stage, example: str) -> dict[str, Any]:
    span = {"start": 4, "end": 16, "label": str(stage.label)}
    return {"example": example, "verdict": "accept", "spans": [span], "working_ms": 900}


@contextmanager
def web(origin: str) -> Iterator[None]:
    """Serve the worker at an origin."""
    variables = os.environ | {"ANNEX_WORKER_WEB_BIND": origin.removeprefix("http://")}
    process = subprocess.Popen(
        [sys.executable, "-m", "worker", "web"], cwd=REPOSITORY, env=variables
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


@dataclass(frozen=True)
class Loop:
    """`claim` returns the id of an example; `save` takes the ids of answer and example."""

    claim: bytes
    save: bytes


def _own_loop(task: uuid.UUID) -> Loop:
    """Return the loop over the app's own tables."""
    claim = f"""
    UPDATE worker_queue_queueitem SET open_slots = 0, missing = 0 WHERE id = (
      SELECT id FROM worker_queue_queueitem WHERE task_id = '{task}' AND lane = 'main'
      AND open_slots > 0 ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING example_id"""  # noqa: S608  an id of our own
    save = f"""
    INSERT INTO worker_store_answer (id, example_id, task_id, annotator, verdict, spans, flagged,
      note, version, working_ms, answered_at)
    VALUES (%s, %s, '{task}', '{uuid.uuid4()}', 'accept', '{_SPANS}', false, '', 1, 900, now())
    """  # noqa: S608  ids of our own
    return Loop(claim.encode(), save.encode())


_SPANS = '[{"start": 4, "end": 16, "label": "2b8f3d0e-5a53-4f7e-9d38-6f0f4c1c9a10"}]'
_BAREST_TABLES = """
CREATE TABLE bare_item (id bigint PRIMARY KEY, position bigint NOT NULL, open boolean NOT NULL);
CREATE TABLE bare_answer (id uuid PRIMARY KEY, item bigint NOT NULL, spans jsonb NOT NULL);
INSERT INTO bare_item SELECT n, n, n > %(half)s FROM generate_series(1, %(examples)s) n;
CREATE INDEX bare_head ON bare_item (position) WHERE open;
ANALYZE bare_item;
"""
_BAREST = Loop(
    b"""
    UPDATE bare_item SET open = false WHERE id = (SELECT id FROM bare_item WHERE open
    ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id
    """,
    b"INSERT INTO bare_answer VALUES (%s, %s, '" + _SPANS.encode() + b"')",
)


def _barest_loop(url: str, examples: int) -> Loop:
    """Return the loop over two bare tables, which are made first."""
    values = {"half": examples // 2, "examples": examples}
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in filter(str.strip, _BAREST_TABLES.split(";")):
            connection.execute(statement.encode(), values if "%(" in statement else None)
    return _BAREST


def _bare_rate(url: str, loop: Loop, annotators: int, seconds: float) -> float:
    """Return how many answers a second so many threads save, each on a connection of its own."""
    counts = [0] * annotators

    def run(number: int) -> None:
        until = time.monotonic() + seconds
        with psycopg.connect(url, autocommit=True) as connection:
            while time.monotonic() < until:
                row = connection.execute(loop.claim).fetchone()
                if row is None:
                    return
                connection.execute(loop.save, [uuid.uuid4(), row[0]])
                counts[number] += 1

    threads = [threading.Thread(target=run, args=(n,)) for n in range(annotators)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


# --- around it ---------------------------------------------------------------------------------


def environment(servers: EmbeddedServers, folder: str, origin: str) -> dict[str, str]:
    """Return what the worker's processes read from their environment."""
    return servers.addresses.environment() | {
        "DJANGO_SETTINGS_MODULE": "worker.settings.demo",
        "ANNEX_WORKER_ORIGIN": origin,
        "ANNEX_WORKER_SECRET_KEY": "a key for one run of the bench, which nobody else can reach",
        "ANNEX_WORKER_FILES": f"{folder}/files",
        "ANNEX_WORKER_STATE": f"{folder}/state",
    }


def run_worker(*arguments: str) -> None:
    """Run a command of the worker's."""
    subprocess.run([sys.executable, "-m", "worker", *arguments], cwd=REPOSITORY, check=True)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Measure with the sizes of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=400_000, help="size of the queue")
    parser.add_argument("--annotators", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each loop")
    chosen = parser.parse_args()
    return finish(measure(**vars(chosen)).figures())


if __name__ == "__main__":
    sys.exit(main())
