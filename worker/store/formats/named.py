"""A span as the tools of the field write it, brought into one shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from worker.store.formats.rows import NamedSpan, RowRefused

TRIPLE = 3
SHOWN_CODEPOINTS = 60


def span_of(span: Any, text: str) -> NamedSpan:
    """Return the span; one that says which text it marks must mark that.

    Offsets that count UTF-16 units, as browsers do, are told by that text and made code points.
    Raises: RowRefused.
    """
    if isinstance(span, dict):
        named = NamedSpan(*_edges(span), _label(span))
        said = span.get("text")
        return _checked(named, said, text) if isinstance(said, str) else named
    if isinstance(span, list) and len(span) == TRIPLE:
        start, end, label = span
        return NamedSpan(start, end, _label({"label": label}))
    raise RowRefused("span.not_an_object", "A span needs start, end and label.")


def _edges(span: Mapping[str, Any]) -> tuple[Any, Any]:
    for start, end in (("start", "end"), ("start_offset", "end_offset")):
        if start in span and end in span:
            return span[start], span[end]
    raise RowRefused("span.not_an_object", "A span needs start, end and label.")


def _label(span: Mapping[str, Any]) -> str:
    label, labels = span.get("label"), span.get("labels")
    if label is None and isinstance(labels, list) and labels:
        if len(labels) > 1:
            raise RowRefused("span.several_labels", "A span has several labels; give it one.")
        label = labels[0]
    if not isinstance(label, str):
        raise RowRefused("span.label_missing", "A span has no label.")
    return label


def _checked(span: NamedSpan, said: str, text: str) -> NamedSpan:
    if type(span.start) is not int or type(span.end) is not int or span.start < 0:
        return span  # what is wrong with it is said where every span's edges are checked
    if text[span.start : span.end] == said:
        return span
    units = text.encode("utf-16-le", "surrogatepass")
    marked = units[2 * span.start : 2 * span.end]
    if marked and marked == said.encode("utf-16-le", "surrogatepass"):
        start = len(units[: 2 * span.start].decode("utf-16-le", "surrogatepass"))
        return NamedSpan(start, start + len(said), span.label)
    raise RowRefused(
        "span.other_text",
        f"A span from {span.start} to {span.end} says {said[:SHOWN_CODEPOINTS]!r},"
        f" but marks {text[span.start : span.end][:SHOWN_CODEPOINTS]!r}.",
    )
