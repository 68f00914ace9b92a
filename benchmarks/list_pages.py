"""Pages of an annotator's history of 500,000 answers: `python -m benchmarks.list_pages [rows]`.

The first, a middle and the last page, each asked for a hundred times through the worker's own
server. The first page is the reference: no page may cost much more than it.
"""

from __future__ import annotations

import asyncio
import base64
import os
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

from benchmarks.annotation_rate import Annotator, environment, free_port, run_worker, web
from benchmarks.annotation_stage import Stage, make_stage
from benchmarks.figures import Figure, finish
from common.embedded.servers import EmbeddedServers

ROWS = 500_000
TRIES = 100
HIGH = 2.0


def measure(rows: int = ROWS) -> list[Figure]:
    """Return the 95th percentile of each page, in milliseconds."""
    with (
        tempfile.TemporaryDirectory(prefix="annex-bench-") as folder,
        EmbeddedServers(Path(folder) / "servers") as servers,
    ):
        origin = f"http://127.0.0.1:{free_port()}"
        os.environ.update(environment(servers, folder, origin))
        run_worker("django", "migrate", "--verbosity", "0")
        stage = make_stage(rows, 1)
        cursors = {name: answer_all(stage, rows, at) for name, at in places(rows).items()}
        with web(origin):
            took = {name: asyncio.run(ask(origin, stage, c)) for name, c in cursors.items()}
    first = took["first"]
    what = f"history of {rows:,}"
    return [
        Figure(f"{what}, {name} page, 95 %", each, "ms", first, "the first page", high=HIGH)
        for name, each in took.items()
    ]


def places(rows: int) -> dict[str, int]:
    """Return how many rows lie before each of the pages."""
    return {"first": 0, "middle": rows // 2, "last": rows - 30}


def answer_all(stage: Stage, rows: int, skipped: int) -> str:
    """Answer everything once, a second apart; return the cursor behind so many rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT subject FROM worker_projects_taskannotator")
        [(subject,)] = cursor.fetchall()
        cursor.execute(
            "INSERT INTO worker_store_answer (id, example_id, task_id, annotator, verdict, spans,"
            " flagged, note, version, working_ms, answered_at)"
            " SELECT gen_random_uuid(), id, %s, %s, 'accept', '[]', false, '', 1, 900,"
            " '2026-01-01'::timestamptz - (row_number() OVER (ORDER BY id)) * interval '1 s'"
            " FROM worker_store_example ON CONFLICT DO NOTHING",
            [stage.task, subject],
        )
        if skipped == 0:
            return ""
        cursor.execute(
            "SELECT answered_at, id FROM worker_store_answer WHERE task_id = %s AND annotator = %s"
            " ORDER BY answered_at DESC, id DESC OFFSET %s LIMIT 1",
            [stage.task, subject, skipped - 1],
        )
        [(at, answer)] = cursor.fetchall()
    raw = f"{at.isoformat()}|{uuid.UUID(str(answer))}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


async def ask(origin: str, stage: Stage, cursor: str) -> float:
    """Return the 95th percentile of the milliseconds that the page takes."""
    person = await Annotator.sign_in(origin, stage, stage.sessions[0], 1)
    path = f"/api/tasks/{stage.task}/history?cursor={cursor}"
    times = []
    for _ in range(TRIES + 5):
        begun = time.perf_counter()
        page = await person.connection.send("GET", path, None)
        times.append(1000 * (time.perf_counter() - begun))
        if not page["results"]:
            raise RuntimeError("A page of the history is empty.")
    person.connection.close()
    return statistics.quantiles(times[5:], n=20)[-1]


if __name__ == "__main__":
    sys.exit(finish(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)))
