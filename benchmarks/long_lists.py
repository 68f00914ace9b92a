"""The lists of both planes that grow long: how each is filled, and where a page of it begins."""

from __future__ import annotations

import base64
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import psycopg

from benchmarks.annotation_stage import Stage
from benchmarks.load_client import Connection

TRIES, WARM = 100, 5
PAGE = 50
Row = dict[str, Any]
Database = psycopg.Connection[Row]


@dataclass(frozen=True)
class LongList:
    """A list in pages, newest first: `where` and `key` are SQL of its table, `path` its URL.

    `fill` inserts `%(rows)s` rows. `cursor` writes the query string of the page behind a row.
    """

    name: str
    path: str
    table: str
    where: str
    key: str
    cursor: Callable[[Row], str]
    fill: str = ""

    def pages(self, database: Database) -> Iterator[tuple[str, str, list[Any]]]:
        """Yield each page's name, its URL, and the key behind which it begins, if any."""
        counted = f"SELECT count(*) AS rows FROM {self.table} WHERE {self.where}"  # noqa: S608
        rows = database.execute(counted.encode()).fetchall()[0]["rows"]
        yield "first", self.path, []
        for name, skipped in (("middle", rows // 2), ("last", rows - PAGE)):
            [row] = database.execute(self._rows(f"OFFSET {skipped - 1} LIMIT 1")).fetchall()
            yield name, self.path + self.cursor(row), [row[self.key]]

    def bare(self, database: Database, behind: list[Any]) -> float:
        """Return the milliseconds of the page's rows alone, read along the index."""
        page = self._rows(f"LIMIT {PAGE + 1}", f" AND {self.key} < %s" if behind else "")
        times = []
        for _ in range(TRIES + WARM):
            begun = time.perf_counter()
            database.execute(page, behind, prepare=True).fetchall()
            times.append(1000 * (time.perf_counter() - begun))
        return p95(times)

    def _rows(self, part: str, behind: str = "") -> bytes:
        where = f"{self.where}{behind} ORDER BY {self.key} DESC"
        return f"SELECT * FROM {self.table} WHERE {where} {part}".encode()  # noqa: S608


def p95(times: list[float]) -> float:
    """Return the 95th percentile, without the first ones, which fill caches."""
    return statistics.quantiles(times[WARM:], n=20)[-1]


async def ask(host: str, cookie: str, path: str) -> float:
    """Return the 95th percentile of the milliseconds that a page takes its server."""
    connection = await Connection.open(host, {"Cookie": cookie})
    times = []
    for _ in range(TRIES + WARM):
        begun = time.perf_counter()
        page = await connection.send("GET", path, None)
        times.append(1000 * (time.perf_counter() - begun))
        if not page.get("results", page.get("rows")):
            raise RuntimeError("A page of the list is empty.")
    connection.close()
    return p95(times)


def fill(database: Database, lists: list[LongList], rows: int) -> None:
    """Insert the rows of every list, and let the planner know of them."""
    database.execute("SET session_replication_role = replica")  # the rows refer to what is there
    for each in lists:
        if each.fill:
            database.execute(each.fill.encode(), {"rows": rows})
            database.execute(f"VACUUM ANALYZE {each.table}".encode())


# --- the cluster's -----------------------------------------------------------------------------


def worker_lists(stage: Stage, annotator: uuid.UUID) -> list[LongList]:
    """Return the annotator's history, the ledger and the access log, also as they are filtered."""
    mine = f"task_id = '{stage.task}' AND annotator = '{annotator}'"
    answers, history = "worker_store_answer", f"/api/tasks/{stage.task}/history?"
    filled = _HISTORY.format(task=stage.task, annotator=annotator)
    ledger, access = "worker_link_ledger", "worker_people_accessrow"
    return [
        LongList("history", history, answers, mine, "answered_at", _history_cursor, filled),
        LongList("ledger", "/api/ledger?", ledger, "true", "seq", _before, _LEDGER),
        LongList("ledger, one kind", "/api/ledger?kind=poll&", ledger, "kind = 'poll'", "seq",
                 _before),
        LongList("ledger, one day", "/api/ledger?day=2026-01-01&", ledger, "day = 20454", "seq",
                 _before),
        LongList("access log", "/api/access?", access, "true", "id", _before,
                 _ACCESS.format(annotator=annotator)),
        LongList("access log, one kind", "/api/access?what=export.downloaded&", access,
                 "what = 'export.downloaded'", "id", _before),
        LongList("access log, one person", f"/api/access?subject={annotator}&", access,
                 f"subject = '{annotator}'", "id", _before),
    ]  # fmt: skip


_HISTORY = """
INSERT INTO worker_store_answer (id, example_id, task_id, annotator, verdict, spans, flagged, note,
  version, working_ms, answered_at)
SELECT gen_random_uuid(), id, '{task}', '{annotator}', 'accept', '[]', false, '', 1, 900,
  '2026-01-01'::timestamptz - (row_number() OVER (ORDER BY id)) * interval '1 s'
FROM worker_store_example LIMIT %(rows)s ON CONFLICT DO NOTHING
"""
_LEDGER = """
INSERT INTO worker_link_ledger (seq, at, method, path, session, number, events, body, body_sha256,
  prev, head, signature)
SELECT n, 1767225600 + n, 'POST', '/link/v1/' || (ARRAY['poll', 'events', 'claim'])[1 + n %% 3],
  1, n, 3, convert_to(repeat('x', 400), 'UTF8'), repeat('a', 64), repeat('b', 64), repeat('c', 64),
  repeat('d', 86)
FROM generate_series(1, %(rows)s) n
"""
_ACCESS = """
INSERT INTO worker_people_accessrow (day, what, subject, actor, noun_id, count, detail, first_at,
  last_at)
SELECT '2024-01-01'::date + n / 700, (ARRAY['examples.read', 'export.downloaded'])[1 + n %% 2],
  CASE WHEN n %% 3 = 0 THEN '{annotator}'::uuid ELSE md5((n %% 40)::text)::uuid END, '',
  gen_random_uuid(), 1, '', now(), now()
FROM generate_series(1, %(rows)s) n
"""


def _history_cursor(row: Row) -> str:
    raw = f"{row['answered_at'].isoformat()}|{row['id']}".encode()
    return "cursor=" + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _before(row: Row) -> str:
    return f"before={row.get('seq') or row['id']}"


# --- the control plane's -----------------------------------------------------------------------


def console_lists(organization: str, project: str) -> list[LongList]:
    """Return the lists that grow with the work done. Each has a row already, which is repeated."""
    here = f"/api/v1/organizations/{organization}"
    of_project = f"project_id = '{project}'"
    of_organization = (
        "organization_id = (SELECT organization_id FROM projects_project"  # noqa: S608  ids of ours
        f" WHERE id = '{project}')"
    )
    return [
        _repeated("audit log", f"{here}/audit?", "audit_auditrow", of_organization, "at"),
        _repeated("jobs", f"{here}/projects/{project}/jobs?", "jobs_job", of_project),
        _repeated("evaluations", f"{here}/projects/{project}/evaluations?", "board_evaluation",
                  of_project),
    ]  # fmt: skip


def _repeated(name: str, path: str, table: str, where: str, key: str = "created_at") -> LongList:
    new = f"jsonb_build_object('id', gen_random_uuid(), '{key}', now() - n * interval '1 s')"
    insert = (
        f"INSERT INTO {table} SELECT new.* FROM (SELECT * FROM {table} LIMIT 1) one,"  # noqa: S608
        f" generate_series(1, %(rows)s) n, jsonb_populate_record(one::{table}, {new}) new"
    )

    def cursor(row: Row) -> str:
        position = urlencode({"p": str(row[key])}).encode()
        return urlencode({"cursor": base64.b64encode(position).decode()})

    return LongList(name, path, table, where, key, cursor, insert)
