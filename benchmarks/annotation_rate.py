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
import random
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.annotation_bare import bare_rate, barest_loop, own_loop
from benchmarks.annotation_stage import Stage, make_stage
from benchmarks.figures import Figure, finish
from benchmarks.load_client import Connection
from common.embedded.servers import EmbeddedServers

REPOSITORY = Path(__file__).resolve().parents[1]
BUFFER, REFILL_AT = 10, 4
"""Examples that the app keeps at hand, and at how many left it asks for more (buffer.ts)."""
PACE = 4.0
"""Answers a second of one who is quicker than anybody; at full speed waiting is for each other."""
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
    next_p95_ms_paced: float
    save_p95_ms: float

    def figures(self) -> list[Figure]:
        """Return the rows of the table."""
        app, ten = self.app_answers_per_second, self.by_ten_per_second
        bare, barest = self.bare_answers_per_second, self.barest_answers_per_second
        what = f"annotation, {self.annotators} annotators"
        return [
            Figure(
                f"{what}, one a request", app, "answers/s", bare, "bare loop", low=0.4, goal=True
            ),
            Figure(f"{what}, one a request", app, "answers/s", barest, "in bare tables"),
            Figure(f"{what}, one a request", app, "answers/s", PEER, "the fastest peer"),
            Figure(f"{what}, ten a request", ten, "answers/s", bare, "bare loop"),
            Figure(f"{what}, ten a request", ten, "answers/s", low=3_000, goal=True),
            Figure(
                f"next examples, p95, {PACE:g} answers/s each",
                self.next_p95_ms_paced,
                "ms",
                high=20,
            ),
            Figure("next examples at full speed, p50", self.next_p50_ms, "ms"),
            Figure("next examples at full speed, p95", self.next_p95_ms, "ms"),
            Figure("saving one answer at full speed, p95", self.save_p95_ms, "ms"),
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
            paced = asyncio.run(_drive(origin, stage, seconds, together=1, pace=PACE))
        worker_url = os.environ["ANNEX_WORKER_DATABASE_URL"]
        bare = bare_rate(worker_url, own_loop(stage.task), annotators, seconds)
        url = servers.addresses.database_url("postgres", "postgres")
        barest = bare_rate(url, barest_loop(url, examples), annotators, seconds)
    return Rates(
        examples=examples,
        annotators=annotators,
        app_answers_per_second=len(app.saves) / seconds,
        by_ten_per_second=10 * len(by_ten.saves) / seconds,
        bare_answers_per_second=bare,
        barest_answers_per_second=barest,
        next_p50_ms=_ms(app.nexts, 0.5),
        next_p95_ms=_ms(app.nexts, 0.95),
        next_p95_ms_paced=_ms(paced.nexts, 0.95),
        save_p95_ms=_ms(app.saves, 0.95),
    )


def _ms(seconds: list[float], part: float) -> float:
    """Return what so large a part of the requests takes at most."""
    return sorted(seconds)[int(len(seconds) * part)] * 1000


# --- through the app ---------------------------------------------------------------------------


@dataclass
class Timings:
    """Seconds of every request that was answered in time."""

    nexts: list[float]
    saves: list[float]


async def _drive(
    origin: str, stage: Stage, seconds: float, *, together: int, pace: float | None = None
) -> Timings:
    """Let everybody annotate, as fast as it goes or at a pace; each save has `together` answers."""
    timings = Timings([], [])
    people = [await Annotator.sign_in(origin, stage, who, together, pace) for who in stage.sessions]
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
    pace: float | None
    waiting: list[str]

    @classmethod
    async def sign_in(
        cls,
        origin: str,
        stage: Stage,
        who: tuple[str, str],
        together: int,
        pace: float | None = None,
    ) -> Annotator:
        """Open a connection of the person's own with their session."""
        headers = {"Cookie": f"__Host-annex={who[0]}", "X-CSRF-Token": who[1]}
        connection = await Connection.open(origin.removeprefix("http://"), headers)
        return cls(connection, stage, together, pace, [])

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
            if self.pace:
                await asyncio.sleep(random.uniform(0.5, 1.5) / self.pace)

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
