"""Label Studio's JSON export: an array of tasks with their annotations.

Its smaller form, JSON-MIN, is a plain array of objects and needs no reader of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from annex.contract.enums import Verdict

from worker.store.formats.json_ import elements
from worker.store.formats.rows import Record, RowProblem, RowRefused
from worker.store.plans import Plan

SPANS, CHOICES, RELATIONS, ANSWER = "spans", "choices", "relations", "answer"
FOREIGN_SPANS = ("hypertextlabels", "paragraphlabels", "timeserieslabels")


def read_label_studio(stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
    """Yield a record or a problem for every task; `line` counts tasks from 1.

    Columns are the keys of the task's `data`, then `spans`, `choices`, `relations` and `answer`.
    """
    for number, task in enumerate(elements(stream, plan.encoding), start=1):
        try:
            yield Record(number, fields_of(task))
        except RowRefused as refused:
            yield RowProblem(number, refused.code, refused.message)


def is_task(element: Any) -> bool:
    """Tell whether an element of an array is a task of Label Studio."""
    return (
        isinstance(element, dict)
        and isinstance(element.get("data"), dict)
        and isinstance(_annotations(element), list)
    )


def fields_of(task: Any) -> dict[str, Any]:
    """Return the task's data and its one annotation. Raises: RowRefused."""
    if not is_task(task):
        raise RowRefused("row.not_a_task", "This element has no data and annotations.")
    given = [each for each in _annotations(task) if isinstance(each, dict)]
    kept = [each for each in given if not each.get("was_cancelled")]
    fields = dict(task["data"])
    if kept:
        fields |= _annotation(kept) | {ANSWER: Verdict.ACCEPT.value}
    elif given:
        fields[ANSWER] = Verdict.IGNORE.value
    return fields


def _annotations(task: Mapping[str, Any]) -> Any:
    return task.get("annotations", task.get("completions"))


def _annotation(annotations: list[dict[str, Any]]) -> dict[str, Any]:
    chosen = [each for each in annotations if each.get("ground_truth")] or annotations
    read = [_columns(each.get("result")) for each in chosen]
    if any(columns != read[0] for columns in read):
        raise RowRefused(
            "row.several_annotations",
            f"The task has {len(read)} annotations that differ; make one the ground truth.",
        )
    return read[0]


def _columns(result: Any) -> dict[str, Any]:
    """Return what one annotation marks, chooses and relates; all else is passed over."""
    columns: dict[str, Any] = {}
    regions = result if isinstance(result, list) else []
    for region in regions:
        kind, value = _region(region)
        if kind in FOREIGN_SPANS:
            raise RowRefused("span.not_in_text", f"A region of {kind} is not in plain text.")
        if kind == "labels":
            columns.setdefault(SPANS, []).append(value)
        elif kind == "choices" and isinstance(value.get("choices"), list):
            columns.setdefault(CHOICES, []).extend(value["choices"])
    if any(_is_relation(region) for region in regions):
        columns[RELATIONS] = _relations(regions)
    return columns


def _relations(regions: list[Any]) -> list[dict[str, Any]]:
    """Return relations by positions among the marks; an end that is none is refused later."""
    marks = [region for region in regions if _region(region)[0] == "labels"]
    places = {str(region.get("id")): place for place, region in enumerate(marks)}
    return [
        {"head": places.get(head), "child": places.get(child), "label": label}
        for region in regions
        if _is_relation(region)
        for head, child in _directions(region)
        for label in region.get("labels") or [None]
    ]


def _is_relation(region: Any) -> bool:
    return isinstance(region, dict) and region.get("type") == "relation"


def _directions(region: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Return head and child; an arrow of two heads is two relations."""
    there = str(region.get("from_id")), str(region.get("to_id"))
    ways = {"left": [there[::-1]], "bi": [there, there[::-1]]}
    return ways.get(str(region.get("direction")), [there])


def _region(region: Any) -> tuple[Any, dict[str, Any]]:
    if not isinstance(region, dict) or not isinstance(region.get("value"), dict):
        return None, {}
    return region.get("type"), region["value"]
