"""What a cluster refuses of an answer before it asks the recipe."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

from annex.contract import process as p
from annex.contract.enums import Verdict
from annex.contract.published import View
from annex.preview.labels import Label
from annex.preview.problems import Problem
from annex.preview.shapes import AnswerBody


def check_annotation(
    text: str, body: AnswerBody, labels: list[Label], *, exclusive: bool, view: View | None
) -> None:
    """Raise Problem when marks, relations or labels do not fit the text or the task."""
    known = {label.id for label in labels}
    _check_spans(text, body, known, may_overlap=view is not None and view.may_overlap)
    if view is View.RELATIONS:
        _check_relations(body, known)
    if not set(body.choices) <= known:
        raise _bad_choices("A chosen label is not one of this task's.")
    if exclusive and len(body.choices) != 1 and (body.choices or body.verdict is Verdict.ACCEPT):
        raise _bad_choices("This task takes one label a text.")


def _check_spans(text: str, body: AnswerBody, known: set[UUID], *, may_overlap: bool) -> None:
    spans = sorted((span.start, span.end) for span in body.spans)
    if any(not start < end <= len(text) for start, end in spans):
        raise _bad_spans("A mark lies wrongly in its text.")
    if not may_overlap and any(second[0] < first[1] for first, second in pairwise(spans)):
        raise _bad_spans("Two marks overlap.")
    if not {span.label for span in body.spans} <= known:
        raise _bad_spans("A mark has a label that this task does not have.")
    if len({(span.start, span.end, span.label) for span in body.spans}) < len(spans):
        raise _bad_spans("The same mark stands there twice.")


def _check_relations(body: AnswerBody, known: set[UUID]) -> None:
    count, relations = len(body.spans), body.relations
    if any(max(each.head, each.child) >= count for each in relations):
        raise _bad_relations("A relation is not of two marks.")
    if not {each.label for each in relations} <= known:
        raise _bad_relations("A relation has a label that this task does not have.")


def check_reply(line: p.ExampleLine, body: AnswerBody, view: View) -> None:
    """Raise Problem when the view asks for something else than was written, picked or marked."""
    accepts = body.verdict is Verdict.ACCEPT
    if not view.needs_labels and body.spans:
        raise _bad_spans("Nothing is marked in this task.")
    if not view.needs_labels and body.choices:
        raise _bad_choices("No labels are chosen in this task.")
    if view is View.TEXT and accepts and not (body.written or "").strip():
        raise _bad_written("An accepted answer has words.")
    if view is not View.TEXT and body.written is not None:
        raise _bad_written("Nobody writes a text in this task.")
    if view is not View.COMPARE and body.picked is not None:
        raise _bad_picked("There are no options in this task.")
    if view is View.COMPARE and accepts is (body.picked is None):
        raise _bad_picked("Who accepts picks one of the options, and nobody else does.")
    if body.picked is not None and body.picked >= len(line.options):
        raise _bad_picked("An accepted answer picks one of the options.")


def _bad_spans(detail: str) -> Problem:
    return Problem(400, "answer.bad_spans", "The marks do not fit the text", detail)


def _bad_relations(detail: str) -> Problem:
    return Problem(400, "answer.bad_relations", "The relations do not fit the marks", detail)


def _bad_choices(detail: str) -> Problem:
    return Problem(400, "answer.bad_choices", "The chosen labels do not fit the task", detail)


def _bad_written(detail: str) -> Problem:
    return Problem(400, "answer.bad_written", "The written text does not fit the task", detail)


def _bad_picked(detail: str) -> Problem:
    return Problem(400, "answer.bad_picked", "The picked option does not fit the example", detail)
