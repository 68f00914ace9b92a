"""Bring what is still to be handed out into the order of doubt, while people go on annotating.

What is ranked has a negative position, the least sure the lowest; what came since stands behind it
in the order in which it came. Nobody waits: a row that is being claimed is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import connection

from worker.queue.models import Lane

POOL: Final = 5_000
"""So many examples are ranked at once: the head of the queue, and as many again drawn at random
from what has not been ranked."""
RANKED_AT_ONCE: Final = 256
FINEST: Final = 2**52

Score = Callable[[Sequence[str]], Iterable[float]]
"""Returns for each text how unsure somebody is of it, from 0 to 1."""

_HEAD = """
SELECT id FROM worker_queue_queueitem
WHERE task_id = %(task)s AND lane = %(lane)s AND open_slots > 0
ORDER BY position LIMIT %(most)s
"""
_REST = """
SELECT id FROM worker_queue_queueitem
WHERE task_id = %(task)s AND lane = %(lane)s AND open_slots > 0 AND position >= 0
ORDER BY random() LIMIT %(most)s
"""
_TEXTS = """
SELECT item.id, example.text FROM worker_queue_queueitem item
JOIN worker_store_example example ON example.id = item.example_id
WHERE item.id = ANY(%(items)s)
"""
_MOVE = """
WITH fresh AS (
  SELECT * FROM unnest(%(items)s::bigint[], %(positions)s::bigint[]) AS fresh (id, position)),
free AS (
  SELECT item.id FROM worker_queue_queueitem item JOIN fresh ON fresh.id = item.id
  WHERE item.open_slots > 0 ORDER BY item.example_id FOR UPDATE OF item SKIP LOCKED)
UPDATE worker_queue_queueitem item SET position = fresh.position
FROM free JOIN fresh ON fresh.id = free.id
WHERE item.id = free.id AND item.position <> fresh.position
"""


def rank_queue(task_id: UUID, score: Score, *, pool: int = POOL) -> int:
    """Order a task's open examples by how unsure `score` is of them, the least sure first.

    Held-back examples keep their order: which of them is measured must not depend on a model.
    Returns: how many examples were scored.
    Effects: one short transaction for every few hundred of them.
    """
    items, scored = iter(_pool(task_id, pool)), 0
    while chunk := list(islice(items, RANKED_AT_ONCE)):
        texts = _texts_of(chunk)
        doubts = list(score(list(texts.values())))
        _move(dict(zip(texts, map(position_of, doubts), strict=True)))
        scored += len(texts)
    return scored


def position_of(doubt: float) -> int:
    """Return the place of an example in the queue: before all that was not ranked."""
    return -1 - round(doubt * FINEST)


def _pool(task_id: UUID, most: int) -> list[int]:
    values: dict[str, UUID | str | int] = {"task": task_id, "lane": Lane.MAIN.value, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, values)
        head = [item for (item,) in cursor.fetchall()]
        if len(head) < most:
            return head
        cursor.execute(_REST, values)
        return list(dict.fromkeys([*head, *(item for (item,) in cursor.fetchall())]))


def _texts_of(items: list[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, {"items": items})
        return dict(cursor.fetchall())


def _move(positions: dict[int, int]) -> None:
    values = {"items": list(positions), "positions": list(positions.values())}
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, values)
