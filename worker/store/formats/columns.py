"""Guessing which column is what: by name, and by what it holds in the first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from worker.store.formats.cells import spans_of
from worker.store.formats.rows import RowRefused
from worker.store.plans import MAX_COLUMN_CODEPOINTS, Plan

TEXT_COLUMNS = ("text", "content", "body", "comment", "message", "sentence", "review")
SPANS_COLUMNS = ("spans", "entities", "ents", "label", "labels", "annotations")
CHOICES_COLUMNS = ("accept", "cats", "choices")
LONE_CHOICES_COLUMNS = ("label", "labels", "category", "class", "intent", "sentiment")

Columns = Mapping[str, Sequence[Any]]
"""What the first rows hold in each column, without what is null."""


def columns_of(rows: Iterable[Mapping[str, Any]]) -> Columns:
    """Return the columns of all the rows, in the order in which they are met."""
    columns: dict[str, list[Any]] = {}
    for row in rows:
        for name, value in row.items():
            if _is_column(name):
                held = columns.setdefault(name, [])
                if value is not None:
                    held.append(value)
    return columns


def with_columns(plan: Plan, columns: Columns) -> Plan:
    """Return the plan with the likeliest columns."""
    text = _text_column(columns)
    spans = _spans_column(columns, text)
    return plan.model_copy(
        update={
            "text_column": text,
            "spans_column": spans,
            "choices_column": _choices_column(columns, {text, spans}),
            **_joining(columns, spans),
            "answer_column": "answer" if "answer" in columns else None,
            "meta_columns": ["meta"] if "meta" in columns else [],
        }
    )


def _joining(columns: Columns, spans: str | None) -> dict[str, Any]:
    """Return the column of relations; where spans are connected, they nest too."""
    held = columns.get("relations", ())
    joins = spans is not None and _holds(lambda value: isinstance(value, list | str), held)
    return {"relations_column": "relations", "may_overlap": True} if joins else {}


def _is_column(name: Any) -> bool:
    fits = isinstance(name, str) and 0 < len(name) <= MAX_COLUMN_CODEPOINTS
    return fits and name.isprintable()


def _text_column(columns: Columns) -> str:
    lowered = {name.lower(): name for name in reversed(list(columns))}
    known = [lowered[name] for name in TEXT_COLUMNS if name in lowered]
    texts = [name for name in columns if any(isinstance(v, str) for v in columns[name])]
    return next(iter([*known, *texts, *columns]), "text")


def _spans_column(columns: Columns, text: str) -> str | None:
    if columns.get("spans"):
        return "spans"
    names = [name for name in (*SPANS_COLUMNS, *columns) if name in columns and name != text]
    return next((name for name in names if _holds(_are_spans, columns[name])), None)


def _choices_column(columns: Columns, taken: set[str | None]) -> str | None:
    """Return the column of labels; beside spans, `label` says what the spans are."""
    named = [name for name in CHOICES_COLUMNS if columns.get(name)]
    alone = [name for name in LONE_CHOICES_COLUMNS if name in columns and "spans" not in columns]
    # Labels that are not text are mapped all the same: the preview says what is wrong with them.
    alone = [name for name in alone if _filled(columns[name])]
    objects = [name for name in columns if _holds(_is_choice_object, columns[name])]
    return next((name for name in (*named, *alone, *objects) if name not in taken), None)


def _holds(kind: Callable[[Any], bool], values: Sequence[Any]) -> bool:
    """Tell whether all that is not empty is of this kind, and something is."""
    filled = _filled(values)
    return bool(filled) and all(map(kind, filled))


def _filled(values: Sequence[Any]) -> list[Any]:
    return [value for value in values if value not in ("", [], {})]


def _are_spans(value: Any) -> bool:
    if isinstance(value, str) and not value.startswith("["):
        return False
    try:
        # Without the text, what a span says of it cannot be compared.
        spans = [_without_text(span) for span in value] if isinstance(value, list) else value
        return spans_of(spans, "") is not None
    except RowRefused as refused:
        return refused.code == "span.other_text"


def _without_text(span: Any) -> Any:
    return {**span, "text": None} if isinstance(span, dict) else span


def _is_choice_object(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("choices"), list)
