"""Reading one row's fields, alike for every format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from annex.contract.enums import Verdict

from worker.store.formats.joined import Ends, ids_of
from worker.store.formats.named import span_of
from worker.store.formats.rows import NamedRelation, NamedSpan, Row, RowRefused
from worker.store.plans import Plan

TRUE_FROM = 0.5
"""From here on, a label's number says that it applies."""


def row_of(line: int, fields: Mapping[str, Any], plan: Plan) -> Row:
    """Return the row that a mapping of columns holds.

    Without a verdict, a row that brings spans or labels is accepted, as in Prodigy's files.
    Raises: RowRefused.
    """
    text = text_of(fields, plan.text_column)
    spans = spans_of(fields.get(plan.spans_column), text) if plan.spans_column else None
    relations = relations_of(fields, plan, spans) if plan.relations_column else None
    choices = choices_of(fields.get(plan.choices_column)) if plan.choices_column else None
    is_answered = spans is not None or choices is not None
    verdict = verdict_of(fields, plan.answer_column, is_answered=is_answered)
    if spans is None and plan.spans_column and verdict:
        spans = []  # answered, and nothing is marked
    return Row(line, text, verdict, spans, choices, meta_of(fields, plan), relations)


def text_of(fields: Mapping[str, Any], column: str) -> str:
    """Return the row's text, untouched. Raises: RowRefused."""
    text = fields.get(column)
    if text is None:
        raise RowRefused("text.missing", f"The row has no {column!r}.")
    if not isinstance(text, str):
        raise RowRefused("text.not_a_string", f"The {column!r} of this row is not a text.")
    return text


def verdict_of(
    fields: Mapping[str, Any], column: str | None, *, is_answered: bool
) -> Verdict | None:
    """Return what the row's answer says, or None for an open one. Raises: RowRefused."""
    answer = fields.get(column) if column else None
    if answer is None or answer == "":
        return Verdict.ACCEPT if is_answered else None
    try:
        return Verdict(answer)
    except ValueError:
        raise RowRefused(
            "answer.unknown", "The answer is not one of accept, reject, ignore."
        ) from None


def spans_of(value: Any, text: str) -> list[NamedSpan] | None:
    """Return the spans of a list or of a cell of JSON, or None where the row has none to say.

    A span is an object of start, end and label as in Prodigy's, doccano's or Label Studio's files,
    or a list of the three as in doccano's. Raises: RowRefused.
    """
    value = _json_cell(value) if isinstance(value, str) else value
    if value is None:
        return None
    if not isinstance(value, list):
        raise RowRefused("span.not_a_list", "The spans of this row are not a list.")
    return [span_of(span, text) for span in value]


def relations_of(
    fields: Mapping[str, Any], plan: Plan, spans: list[NamedSpan] | None
) -> list[NamedRelation] | None:
    """Return the relations of a list or of a cell of JSON, or None where the row has none to say.

    Raises: RowRefused.
    """
    value = fields.get(plan.relations_column or "")
    value = _json_cell(value) if isinstance(value, str) else value
    if value is None:
        return None
    if not isinstance(value, list):
        raise RowRefused("relation.not_a_list", "The relations of this row are not a list.")
    tokens, marks = fields.get("tokens"), fields.get(plan.spans_column or "")
    ends = Ends(spans or [], ids_of(marks), tokens if isinstance(tokens, list) else None)
    return [ends.relation_of(relation) for relation in value]


def choices_of(value: Any) -> list[str] | None:
    """Return the labels of a cell, or None where the row has none to say.

    One label; a list of labels; an object of labels with how true each is, from 0 to 1, or with
    a list of `choices`; or the JSON of such a list or object. Raises: RowRefused.
    """
    value = _choices_cell(value) if isinstance(value, str) else value
    if value is None:
        return None
    if isinstance(value, dict) and isinstance(value.get("choices"), list):
        value = value["choices"]
    elif isinstance(value, dict):
        value = [label for label, truth in value.items() if _is_true(truth)]
    if not isinstance(value, list) or not all(isinstance(label, str) for label in value):
        raise RowRefused("choice.not_a_label", "The labels of this row are not text.")
    return value


def _choices_cell(cell: str) -> Any:
    if cell[:1] not in ("[", "{"):
        return [cell] if cell else None
    try:
        return orjson.loads(cell)
    except orjson.JSONDecodeError:
        return [cell]


def _is_true(truth: Any) -> bool:
    if not isinstance(truth, int | float):
        raise RowRefused("choice.not_a_number", "Each label needs a number from 0 to 1.")
    return truth >= TRUE_FROM


def _json_cell(cell: str) -> Any:
    try:
        return orjson.loads(cell) if cell else None
    except orjson.JSONDecodeError:
        raise RowRefused("span.bad_json", "The cell of spans is not JSON.") from None


def meta_of(fields: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """Collect the chosen columns; a `meta` object, or its JSON, is taken as it is."""
    meta: dict[str, Any] = {}
    for column in plan.meta_columns:
        value = fields.get(column)
        if column == "meta" and isinstance(own := _own_meta(value), dict):
            meta.update(own)
        elif value not in (None, ""):
            meta[column] = value
    return meta


def _own_meta(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return value
