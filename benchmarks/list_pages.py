"""Any page of the lists that grow long, at 500,000 rows: `python -m benchmarks.list_pages [rows]`.

The first, a middle and the last page of each, asked for a hundred times through the plane's own
server, beside a bare query for the same rows along the index. No page may need more than 15 ms.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

from benchmarks.annotation_rate import environment, free_port, run_worker, web
from benchmarks.annotation_stage import make_stage
from benchmarks.claim_delay import prepare
from benchmarks.figures import Figure, finish
from benchmarks.long_lists import (
    Database,
    LongList,
    Row,
    ask,
    console_lists,
    fill,
    worker_lists,
)
from benchmarks.planes_ground import running_ground
from common.embedded.addresses import CONTROLPLANE_DATABASE, WORKER_DATABASE
from common.embedded.servers import EmbeddedServers
from examples.demo.planes import DEMO_ORGANIZATION

ROWS = 500_000
HIGH_MS = 15.0


def measure(rows: int = ROWS) -> list[Figure]:
    """Return the 95th percentile of every page of both planes' lists, in milliseconds."""
    return [*of_console(rows), *of_worker(rows)]


def of_console(rows: int) -> list[Figure]:
    """Measure the control plane's lists, of an organization whose cluster has done some work."""
    with running_ground("FIELD") as ground:
        console, project = ground.journey.console, ground.journey.project
        console.post(ground.journey.path("jobs"), prepare(ground.journey))
        lists = console_lists(DEMO_ORGANIZATION, project)
        cookie = "; ".join(f"{c.name}={c.value}" for c in console.http.cookies.jar)
        with connected(ground.planes.supervisor.servers, CONTROLPLANE_DATABASE) as database:
            fill(database, lists, rows)
            return list(figures(lists, database, console.origin, dict.fromkeys(lists, cookie)))


def of_worker(rows: int) -> list[Figure]:
    """Measure the cluster's lists, of an annotator and of an administrator."""
    with (
        tempfile.TemporaryDirectory(prefix="annex-bench-") as folder,
        EmbeddedServers(Path(folder) / "servers") as servers,
    ):
        origin = f"http://127.0.0.1:{free_port()}"
        os.environ.update(environment(servers, folder, origin))
        run_worker("django", "migrate", "--verbosity", "0")
        stage = make_stage(rows, 1)
        key, administrator = stage.sessions[0][0], sign_in_administrator()
        with connected(servers, WORKER_DATABASE) as database, web(origin):
            lists = worker_lists(stage, the_annotator(database))
            fill(database, lists, rows)
            keys = {each: key if each.name == "history" else administrator for each in lists}
            cookies = {each: f"__Host-annex={name}" for each, name in keys.items()}
            return list(figures(lists, database, origin, cookies))


def figures(
    lists: list[LongList], database: Database, origin: str, cookies: dict[LongList, str]
) -> Iterator[Figure]:
    """Yield the figures of each page of each list."""
    host = origin.removeprefix("http://")
    for each in lists:
        for page, path, behind in each.pages(database):
            took = asyncio.run(ask(host, cookies[each], path))
            bare = each.bare(database, behind)
            what = f"{each.name}, {page} page, p95"
            yield Figure(what, took, "ms", bare, "a bare query", high=HIGH_MS, absolute=True)


@contextmanager
def connected(servers: EmbeddedServers, name: str) -> Iterator[Database]:
    """Connect to a plane's database past its fences, to fill it."""
    url = servers.postgres.superuser_url(name)
    with psycopg.Connection[Row].connect(url, autocommit=True, row_factory=dict_row) as database:
        yield database


def the_annotator(database: Database) -> uuid.UUID:
    """Return the one annotator of the stage."""
    [row] = database.execute("SELECT subject FROM worker_projects_taskannotator").fetchall()
    return uuid.UUID(str(row["subject"]))


def sign_in_administrator() -> str:
    """Approve somebody as an administrator of the cluster; return the key of their session."""
    from annex.contract.enums import Role

    from worker.people.actions import Decider, approve_subject
    from worker.people.sessions import open_session

    by = Decider("bench")
    subject = approve_subject(uuid.uuid4(), name="Bench", role=Role.ADMIN, by=by)
    return open_session(subject, {})[1]


if __name__ == "__main__":
    sys.exit(finish(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)))
