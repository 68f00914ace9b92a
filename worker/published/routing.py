"""Whom a recipe's router names for an example, kept with the example's place in the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from annex.contract import process as p
from django.conf import settings
from django.db import connection

from worker.projects.models import Task
from worker.published.process import RecipeProcess

_NAME = """
UPDATE worker_queue_queueitem item
SET annotators = named.annotators,
  open_slots = cardinality(named.annotators), missing = cardinality(named.annotators)
FROM (SELECT unnest(%(examples)s::bigint[]) AS example_id,
        string_to_array(unnest(%(names)s::text[]), ',')::uuid[] AS annotators) named
WHERE item.task_id = %(task)s AND item.example_id = named.example_id
"""

_FREE = """
UPDATE worker_queue_queueitem
SET annotators = NULL, missing = least(missing, %(overlap)s),
  open_slots = least(open_slots, %(overlap)s)
WHERE task_id = %(task)s AND missing > 0 AND annotators IS NOT NULL
  AND NOT annotators && %(present)s::uuid[]
"""


def annotators_of(task: Task) -> list[UUID]:
    """Return the subjects that may annotate a task, in a stable order."""
    return sorted(task.annotators.values_list("subject", flat=True))


def ask_routes(
    process: RecipeProcess, examples: Sequence[p.ExampleLine], annotators: list[UUID]
) -> list[list[UUID] | None]:
    """Return for each example whom the recipe names of the annotators; None for anybody.

    Raises: RecipeFailed.
    """
    present = set(annotators)
    named = []
    for example in examples:
        ask = p.Route(example=example, annotators=annotators)
        said = process.ask(ask, p.Routed, seconds=settings.RECIPE_SECONDS)
        known = [subject for subject in dict.fromkeys(said.annotators or ()) if subject in present]
        named.append(known or None)
    return named


def name_annotators(task_id: UUID, named: Mapping[int, list[UUID]]) -> None:
    """Give each of the freshly queued examples to those who are named, and to all of them."""
    if not named:
        return
    values: dict[str, Any] = {
        "task": task_id,
        "examples": list(named),
        "names": [",".join(map(str, subjects)) for subjects in named.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(_NAME, values)


def free_items_of_absent(task: Task) -> None:
    """Give to anybody what is routed to people alone who are no longer on the task."""
    values: dict[str, Any] = {
        "task": task.id,
        "overlap": task.overlap,
        "present": annotators_of(task),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FREE, values)
