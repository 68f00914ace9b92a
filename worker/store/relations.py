"""Relations of an answer: two of its spans, by position, under a label by id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import TypedDict
from uuid import UUID

from common.errors import InvalidRequest
from worker.store.spans import Span, span_key


class Relation(TypedDict):
    """`head` and `child` are positions in the answer's `spans`, from 0.

    Both are the same where a mark relates to itself, as the root of a sentence does in some sets.
    """

    head: int
    child: int
    label: str


class BadRelations(InvalidRequest):
    """Relations that do not join marks, stand twice, or carry a label of another task."""

    code = "answer.bad_relations"
    title = "The relations do not fit the marks"
    what_to_do = "Reload the example and connect its marks again."


def check_relations(
    relations: Iterable[Relation], spans: Sequence[Span], labels: Collection[UUID]
) -> list[Relation]:
    """Return the relations in order; each joins two of the spans under a known label, once.

    Raises: BadRelations (customer).
    """
    checked = sorted(relations, key=relation_key)
    refuse_unjoined(checked, len(spans))
    if any(UUID(relation["label"]) not in labels for relation in checked):
        problem = "A relation has a label that this task does not have."
        raise BadRelations(problem, field="relations")
    if any(first == second for first, second in pairwise(checked)):
        raise BadRelations("The same relation stands there twice.", field="relations")
    return checked


def refuse_unjoined(relations: Iterable[Relation], spans: int) -> None:
    """Raise BadRelations for a relation that joins no two of so many spans."""
    for position, relation in enumerate(relations):
        if problem := relation_problem(relation, spans):
            raise BadRelations(problem, field=f"relations[{position}]")


def relation_problem(relation: Relation, spans: int) -> str | None:
    """Return what is wrong with the ends of one relation among so many spans, or None."""
    head, child = relation["head"], relation["child"]
    is_of_marks = 0 <= head < spans and 0 <= child < spans
    return None if is_of_marks else "A relation is not of two marks."


def moved(
    relations: Iterable[Relation], before: Sequence[Span], after: Sequence[Span]
) -> list[Relation]:
    """Return the relations by the positions that the same spans have in another list.

    What is of no two marks stays as it is, for a check to refuse.
    """
    places = {span_key(span): place for place, span in enumerate(after)}

    def place_of(position: int) -> int:
        known = 0 <= position < len(before)
        return places.get(span_key(before[position]), position) if known else position

    return [
        {"head": place_of(r["head"]), "child": place_of(r["child"]), "label": r["label"]}
        for r in relations
    ]


def relation_key(relation: Relation) -> tuple[int, int, str]:
    """Return what relations are sorted by."""
    return relation["head"], relation["child"], relation["label"]
