"""What a row must satisfy before it may enter a dataset. Codes are stable; tests list them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast
from uuid import UUID

import orjson

from worker.store.formats.rows import NamedSpan, Row, RowRefused
from worker.store.hashes import fold_key, input_hash
from worker.store.relations import Relation, moved, relation_key
from worker.store.spans import Span, overlap_problem, span_key, span_problem

MAX_TEXT_CODEPOINTS = 1_000_000
"""spaCy's own limit for one document."""

SPAN_MESSAGES = {
    "span.not_a_number": "A span's start and end must be whole numbers.",
    "span.reversed": "A span ends before it starts.",
    "span.empty": "A span covers nothing: its start is its end.",
    "span.outside_text": "A span lies outside the text.",
}


@dataclass(slots=True)
class CheckedRow:
    """A row fit to be stored: spans, choices and relations sorted, labels by id, meta as JSON,
    hashes made.
    """

    row: Row
    spans: list[Span] | None
    choices: list[str] | None
    meta: str
    input_hash: bytes
    fold_key: int
    relations: list[Relation] | None = None


@dataclass
class RowChecks:
    """Checks rows against a project's scheme; `labels` maps names to ids, without retired ones.

    `may_overlap` is the plan's.
    """

    labels: Mapping[str, UUID]
    may_overlap: bool = False
    unregistered: int = 0
    """How many spans, choices and relations had a label that nobody registered."""
    _ids: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._ids = {name: str(label) for name, label in self.labels.items()}

    def check(self, row: Row) -> CheckedRow:
        """Return the row as the store keeps it. Raises: RowRefused."""
        digest = checked_hash(row.text)
        spans = self._check_spans(row.spans, len(row.text)) if row.spans else row.spans
        choices = self._check_choices(row.choices) if row.choices else row.choices
        relations = self._check_relations(row, spans) if row.relations else row.relations
        meta, key = meta_json(row.meta), fold_key(row.text)
        return CheckedRow(
            row,
            cast("list[Span] | None", spans),
            choices,
            meta,
            digest,
            key,
            cast("list[Relation] | None", relations),
        )

    def _check_spans(self, spans: list[NamedSpan], codepoints: int) -> list[Span]:
        for span in spans:
            if code := span_problem(span.start, span.end, codepoints):
                raise RowRefused(code, SPAN_MESSAGES[code])
        ordered = sorted(spans, key=lambda span: span.start)
        overlaps = overlap_problem((span.start, span.end) for span in ordered)
        if overlaps and not self.may_overlap:
            raise RowRefused("span.overlapping", _overlap(ordered))
        self._check_labels([span.label for span in ordered])
        named = [self._named(span) for span in ordered]
        return _each_once(named) if overlaps else named

    def _named(self, span: NamedSpan) -> Span:
        return {"start": span.start, "end": span.end, "label": self._ids[span.label]}

    def _check_relations(self, row: Row, checked: Any) -> list[Relation]:
        """Return relations by positions among the checked spans, each once."""
        relations, before = row.relations or (), [self._named(span) for span in row.spans or ()]
        self._check_labels([relation.label for relation in relations])
        named: list[Relation] = [
            {"head": each.head, "child": each.child, "label": self._ids[each.label]}
            for each in relations
        ]
        unique = {relation_key(each): each for each in moved(named, before, checked)}
        return [unique[key] for key in sorted(unique)]

    def _check_choices(self, choices: list[str]) -> list[str]:
        self._check_labels(choices)
        return sorted({self._ids[name] for name in choices})

    def _check_labels(self, names: Sequence[str]) -> None:
        unknown = [name for name in names if name not in self._ids]
        if unknown:
            self.unregistered += len(unknown)
            raise RowRefused(
                "label.unregistered", f"The label {unknown[0]!r} is not in the project's scheme."
            )


def _overlap(ordered: Sequence[NamedSpan]) -> str:
    first, second = next((a, b) for a, b in pairwise(ordered) if b.start < a.end)
    return (
        f"Two spans overlap, {first.start} to {first.end} and {second.start} to {second.end};"
        " keep one of them, say that spans may overlap, or leave the row out."
    )


def _each_once(spans: list[Span]) -> list[Span]:
    """Return spans that overlap in order; the same one twice is one."""
    return list({span_key(span): span for span in sorted(spans, key=span_key)}.values())


def checked_hash(text: str) -> bytes:
    """Return the text's input hash when the text can be stored. Raises: RowRefused."""
    if not text or text.isspace():
        raise RowRefused("text.empty", "The text is empty.")
    if len(text) > MAX_TEXT_CODEPOINTS:
        raise RowRefused("text.too_long", f"The text is over {MAX_TEXT_CODEPOINTS:,} characters.")
    if "\0" in text:
        raise RowRefused("text.nul", "The text contains a NUL character.")
    try:
        return input_hash(text)
    except UnicodeEncodeError:
        raise RowRefused(
            "text.bad_encoding", "The text has bytes that are not in the file's encoding."
        ) from None


def meta_json(meta: dict[str, Any]) -> str:
    """Return the row's meta as JSON that the database takes. Raises: RowRefused."""
    if not meta:
        return "{}"
    try:
        encoded = orjson.dumps(meta, default=str).decode()
    except orjson.JSONEncodeError:
        raise RowRefused("meta.bad_encoding", "The meta of this row cannot be written.") from None
    if "\\u0000" in encoded and _has_nul(meta):
        raise RowRefused("meta.nul", "The meta of this row contains a NUL character.")
    return encoded


def _has_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return isinstance(value, str) and "\0" in value
