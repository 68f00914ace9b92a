"""What a cluster refuses of an answer before it asks the recipe."""

from __future__ import annotations

from itertools import pairwise

from annex.contract.enums import Verdict
from annex.preview.labels import Label
from annex.preview.problems import Problem
from annex.preview.shapes import AnswerBody


def check_annotation(text: str, body: AnswerBody, labels: list[Label], *, exclusive: bool) -> None:
    """Raise Problem when marks or labels do not fit the text or the task."""
    known = {label.id for label in labels}
    spans = sorted((span.start, span.end) for span in body.spans)
    if any(not start < end <= len(text) for start, end in spans):
        raise _bad_spans("A mark lies wrongly in its text.")
    if any(second[0] < first[1] for first, second in pairwise(spans)):
        raise _bad_spans("Two marks overlap.")
    if not {span.label for span in body.spans} <= known:
        raise _bad_spans("A mark has a label that this task does not have.")
    if not set(body.choices) <= known:
        raise _bad_choices("A chosen label is not one of this task's.")
    if exclusive and len(body.choices) != 1 and (body.choices or body.verdict is Verdict.ACCEPT):
        raise _bad_choices("This task takes one label a text.")


def _bad_spans(detail: str) -> Problem:
    return Problem(400, "answer.bad_spans", "The marks do not fit the text", detail)


def _bad_choices(detail: str) -> Problem:
    return Problem(400, "answer.bad_choices", "The chosen labels do not fit the task", detail)
