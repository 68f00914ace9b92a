"""Spans of a text: code points, end excluded, labels by id."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import NotRequired, TypedDict
from uuid import UUID

from common.errors import InvalidRequest


class Span(TypedDict):
    """One mark: `0 <= start < end <= len(text)` in code points; `label` is a label's id."""

    start: int
    end: int
    label: str


class NamedSpanRow(TypedDict):
    """A span as files hold it: the label by name."""

    start: int
    end: int
    label: str
    token_start: NotRequired[int]
    token_end: NotRequired[int]


class BadSpans(InvalidRequest):
    """Spans that do not fit their text, overlap, or carry a label that the task does not have."""

    code = "answer.bad_spans"
    title = "The marks do not fit the text"
    what_to_do = "Reload the example and mark it again."


def span_problem(start: object, end: object, text_codepoints: int) -> str | None:
    """Return the code of what is wrong with one span's edges, or None."""
    if type(start) is not int or type(end) is not int:
        return "span.not_a_number"
    if start >= end:
        return "span.reversed" if start > end else "span.empty"
    if start < 0 or end > text_codepoints:
        return "span.outside_text"
    return None


def overlap_problem(spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether any two of the spans, sorted by start, share a code point."""
    last_end = 0
    for start, end in spans:
        if start < last_end:
            return True
        last_end = end
    return False


def check_spans(text: str, spans: Iterable[Span], labels: Collection[UUID]) -> list[Span]:
    """Return the spans in order; all fit the text, none overlap, every label is known.

    Raises: BadSpans (customer), naming the span by its position in what was sent.
    """
    return check_spans_within(len(text), spans, labels)


def check_spans_within(
    text_codepoints: int,
    spans: Iterable[Span],
    labels: Collection[UUID],
    *,
    may_overlap: bool = False,
) -> list[Span]:
    """Do as `check_spans` does, for a text of which only the length is at hand.

    Args: may_overlap: then only the same mark twice is refused.
    """
    checked = [_check_span(text_codepoints, span, labels, n) for n, span in enumerate(spans)]
    checked.sort(key=span_key)
    if may_overlap:
        if any(first == second for first, second in pairwise(checked)):
            raise BadSpans("The same mark stands there twice.", field="spans")
    elif overlap_problem((span["start"], span["end"]) for span in checked):
        raise BadSpans("Two marks overlap.", field="spans")
    return checked


def span_key(span: Span) -> tuple[int, int, str]:
    """Return what spans are sorted by, and what tells two of one text apart."""
    return span["start"], span["end"], span["label"]


def _check_span(text_codepoints: int, span: Span, labels: Collection[UUID], position: int) -> Span:
    field = f"spans[{position}]"
    try:
        start, end, label = span["start"], span["end"], UUID(str(span["label"]))
    except (KeyError, TypeError, ValueError):
        raise BadSpans("A mark needs start, end and a label's id.", field=field) from None
    if problem := span_problem(start, end, text_codepoints):
        raise BadSpans(f"A mark lies wrongly in its text ({problem}).", field=field)
    if label not in labels:
        raise BadSpans("A mark has a label that this task does not have.", field=field)
    return {"start": start, "end": end, "label": str(label)}
