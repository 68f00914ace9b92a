"""Reading one row's fields, alike for every format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from annex.contract.enums import Verdict

from worker.store.formats.rows import NamedSpan, Row, RowRefused
from worker.store.plans import Plan


def row_of(line: int, fields: Mapping[str, Any], plan: Plan) -> Row:
    """Return the row that a mapping of columns holds.

    An answer without a verdict is an accepted one when the row brings spans, as in Prodigy's files.
    Raises: RowRefused.
    """
    spans = spans_of(fields.get(plan.spans_column)) if plan.spans_column else None
    return Row(
        line,
        text_of(fields, plan.text_column),
        verdict_of(fields, plan.answer_column, has_spans=spans is not None),
        spans or [],
        meta_of(fields, plan),
    )


def text_of(fields: Mapping[str, Any], column: str) -> str:
    """Return the row's text, untouched. Raises: RowRefused."""
    text = fields.get(column)
    if text is None:
        raise RowRefused("text.missing", f"The row has no {column!r}.")
    if not isinstance(text, str):
        raise RowRefused("text.not_a_string", f"The {column!r} of this row is not a text.")
    return text


def verdict_of(fields: Mapping[str, Any], column: str | None, *, has_spans: bool) -> Verdict | None:
    """Return what the row's answer says, or None for an open one. Raises: RowRefused."""
    answer = fields.get(column) if column else None
    if answer is None or answer == "":
        return Verdict.ACCEPT if has_spans else None
    try:
        return Verdict(answer)
    except ValueError:
        raise RowRefused(
            "answer.unknown", "The answer is not one of accept, reject, ignore."
        ) from None


def spans_of(value: Any) -> list[NamedSpan] | None:
    """Return the spans of a list or of a cell of JSON, or None where the row has none to say."""
    value = _json_cell(value) if isinstance(value, str) else value
    if value is None:
        return None
    if not isinstance(value, list):
        raise RowRefused("span.not_a_list", "The spans of this row are not a list.")
    return [_span_of(span) for span in value]


def _json_cell(cell: str) -> Any:
    try:
        return orjson.loads(cell) if cell else None
    except orjson.JSONDecodeError:
        raise RowRefused("span.bad_json", "The cell of spans is not JSON.") from None


def _span_of(span: Any) -> NamedSpan:
    if not isinstance(span, dict) or "start" not in span or "end" not in span:
        raise RowRefused("span.not_an_object", "A span needs start, end and label.")
    if not isinstance(span.get("label"), str):
        raise RowRefused("span.label_missing", "A span has no label.")
    return NamedSpan(span["start"], span["end"], span["label"])


def meta_of(fields: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """Collect the chosen columns; Prodigy's own `meta` object is taken as it is."""
    meta: dict[str, Any] = {}
    for column in plan.meta_columns:
        value = fields.get(column)
        if column == "meta" and isinstance(value, dict):
            meta.update(value)
        elif value not in (None, ""):
            meta[column] = value
    return meta
