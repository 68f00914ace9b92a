"""What an annotator decided, checked against the task and the size of the example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annex.contract.process import MAX_OPTIONS
from annex.contract.published import View

from worker.annotate.shapes import AnswerBody
from worker.projects.models import Task
from worker.store.answers import Decision
from worker.store.choices import BadChoices, check_choices
from worker.store.imports.checks import MAX_TEXT_CODEPOINTS
from worker.store.label_maps import LabelMap, follow_choices, follow_spans, label_map
from worker.store.replies import BadPicked, BadWritten, check_picked, check_written
from worker.store.spans import BadSpans, Span, check_spans_within


@dataclass(frozen=True)
class Size:
    """How long an example's text is, in code points, and how many options it has."""

    codepoints: int
    options: int


MAX_SIZE = Size(MAX_TEXT_CODEPOINTS, MAX_OPTIONS)


def decide(task: Task, size: Size, body: AnswerBody) -> Decision:
    """Return what was decided on an example of this size.

    Raises: BadSpans, BadChoices, BadWritten, BadPicked.
    """
    return Decision(
        verdict=body.verdict,
        **_said(task, size, body),
        flagged=body.flagged,
        note=body.note,
        working_ms=body.working_ms,
    )


def _said(task: Task, size: Size, body: AnswerBody) -> dict[str, Any]:
    """Return what the task's view asks for; None stands for all that it does not."""
    view = task.shown_as
    _refuse_unasked(view, body)
    match view:
        case View.CHOICES:
            return {"spans": None, "choices": _checked_choices(task, body)}
        case View.TEXT:
            return {"spans": None, "written": check_written(body.written, body.verdict)}
        case View.COMPARE:
            return {"spans": None, "picked": check_picked(body.picked, body.verdict, size.options)}
        case View.MARK:
            return {"spans": None}
        case _:
            return {"spans": _checked_spans(task, size.codepoints, body)}


def _refuse_unasked(view: View, body: AnswerBody) -> None:
    if body.written is not None and view is not View.TEXT:
        raise BadWritten("Nobody writes a text in this task.", field="written")
    if body.picked is not None and view is not View.COMPARE:
        raise BadPicked("There are no options in this task.", field="picked")
    if body.spans and not view.needs_labels:
        raise BadSpans("Nothing is marked in this task.", field="spans")
    if body.choices and not view.needs_labels:
        raise BadChoices("No labels are chosen in this task.", field="choices")


def _checked_spans(task: Task, codepoints: int, body: AnswerBody) -> list[Span]:
    spans: list[Span] = [
        {"start": span.start, "end": span.end, "label": str(span.label)} for span in body.spans
    ]
    became = _label_map_for(task, {span.label for span in body.spans})
    return check_spans_within(codepoints, follow_spans(spans, became), frozenset(task.label_ids))


def _checked_choices(task: Task, body: AnswerBody) -> list[UUID]:
    became = _label_map_for(task, set(body.choices))
    chosen = follow_choices(body.choices, became) if became else body.choices
    return check_choices(chosen, task.label_ids, verdict=body.verdict, exclusive=task.exclusive)


def _label_map_for(task: Task, labels: set[UUID]) -> LabelMap:
    """Return what became of labels that the task has no more: an app may be open since before.

    Labels that never were the task's are not in it, and left for the check to refuse.
    """
    return {} if labels <= set(task.label_ids) else label_map(task.project_id)
