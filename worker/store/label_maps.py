"""What became of labels: read through by suggestions, drafts and predictions of former times.

Only answers are rewritten by a label change. All else keeps the labels it was made with and is
read through this map, so that an undo has nothing of it to restore.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from worker.projects.models import Label
from worker.store.models import Answer, LabelChange
from worker.store.relations import Relation, relation_key
from worker.store.spans import Span, span_key

LabelMap = Mapping[str, str | None]
"""By a label's id the id of its successor, or None when the label was deleted."""


def label_map(project_id: UUID, *, held_back: bool = False) -> LabelMap:
    """Return what became of the project's retired labels; one that was brought back is itself.

    Args: held_back: as the evaluation answers have it, which followed only some of the changes.
    """
    changes = LabelChange.objects.filter(project_id=project_id, undone_at=None)
    if held_back:
        changes = changes.filter(evaluation=True)
    edges: dict[str, str | None] = {}
    for change in changes.order_by("applied_at"):
        edges |= edges_of(change)
    if not edges:
        return {}
    retired = Label.objects.filter(project_id=project_id, retired=True, id__in=edges)
    retired_ids = {str(label_id) for label_id in retired.values_list("id", flat=True)}
    edges = {label: edges[label] for label in edges if label in retired_ids}
    return {label: _end_of(edges, label) for label in edges}


def edges_of(change: LabelChange) -> dict[str, str | None]:
    """Return what one change makes of its labels."""
    target = str(change.into[0]) if change.into else None
    return {str(label): target for label in change.labels if str(label) != target}


def follow_spans(spans: Iterable[Any], became: LabelMap) -> list[Span]:
    """Return the spans under their labels of today, in their order; what is now twice, once."""
    followed: list[Span] = []
    for span in spans:
        label = became.get(span["label"], span["label"])
        if label is None:
            continue
        renamed: Span = {"start": span["start"], "end": span["end"], "label": label}
        if renamed not in followed:
            followed.append(renamed)
    return followed


def follow_relations(
    relations: Iterable[Any], spans: Sequence[Any], became: LabelMap
) -> list[Relation]:
    """Return relations under their labels of today, by positions in what `follow_spans` returns.

    Those go whose label was deleted, or a mark's; what is now twice, once; a mark that two became
    is not joined with itself, unless one of them was.
    """
    places = _places_of(spans, became)
    followed: dict[tuple[int, int, str], Relation] = {}
    for relation in relations:
        label = became.get(relation["label"], relation["label"])
        head, child = places[relation["head"]], places[relation["child"]]
        became_one = head == child and relation["head"] != relation["child"]
        if label is None or head is None or child is None or became_one:
            continue
        renamed: Relation = {"head": head, "child": child, "label": label}
        followed.setdefault(relation_key(renamed), renamed)
    return list(followed.values())


def _places_of(spans: Sequence[Any], became: LabelMap) -> list[int | None]:
    """Return where each span is in what `follow_spans` returns; None for one that went."""
    places = {span_key(span): place for place, span in enumerate(follow_spans(spans, became))}
    alone = [follow_spans([span], became) for span in spans]
    return [places[span_key(found[0])] if found else None for found in alone]


def follow_choices(choices: Iterable[UUID | str], became: LabelMap) -> list[UUID]:
    """Return chosen labels as what they are today, each once, sorted as answers hold them."""
    followed = (became.get(str(label), str(label)) for label in choices)
    return sorted({UUID(label) for label in followed if label is not None})


def count_uses(answer: Answer, labels: Iterable[UUID]) -> int:
    """Return how many marks, relations and choices of an answer carry one of the labels."""
    wanted = set(labels)
    marks = sum(UUID(span["label"]) in wanted for span in answer.spans or ())
    relations = sum(UUID(each["label"]) in wanted for each in answer.relations or ())
    return marks + relations + sum(label in wanted for label in answer.choices or ())


def _end_of(edges: Mapping[str, str | None], label: str) -> str | None:
    seen: set[str] = set()
    found: str | None = label
    while found is not None and found in edges and found not in seen:
        seen.add(found)
        found = edges[found]
    return found
