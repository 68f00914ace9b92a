"""The least that any annotation server must do: claim the next example, insert the answer."""

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass

import psycopg


@dataclass(frozen=True)
class Loop:
    """`claim` returns the id of an example; `save` takes the ids of answer and example."""

    claim: bytes
    save: bytes


def own_loop(task: uuid.UUID) -> Loop:
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


def barest_loop(url: str, examples: int) -> Loop:
    """Return the loop over two bare tables, which are made first."""
    values = {"half": examples // 2, "examples": examples}
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in filter(str.strip, _BAREST_TABLES.split(";")):
            connection.execute(statement.encode(), values if "%(" in statement else None)
    return _BAREST


def bare_rate(url: str, loop: Loop, annotators: int, seconds: float) -> float:
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
