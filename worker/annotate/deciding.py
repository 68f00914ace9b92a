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
from worker.store.label_maps import (
    LabelMap,
    follow_choices,
    follow_relations,
    follow_spans,
    label_map,
)
from worker.store.relations import (
    BadRelations,
    Relation,
    check_relations,
    moved,
    refuse_unjoined,
)
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

    Raises: BadSpans, BadChoices, BadRelations, BadWritten, BadPicked.
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
        case View.RELATIONS:
            spans = _checked_spans(task, size.codepoints, body)
            return {"spans": spans, "relations": _checked_relations(task, body, spans)}
        case _:
            return {"spans": _checked_spans(task, size.codepoints, body)}


def _refuse_unasked(view: View, body: AnswerBody) -> None:
    if body.written is not None and view is not View.TEXT:
        raise BadWritten("Nobody writes a text in this task.", field="written")
    if body.picked is not None and view is not View.COMPARE:
        raise BadPicked("There are no options in this task.", field="picked")
    if body.spans and not view.needs_labels:
        raise BadSpans("Nothing is marked in this task.", field="spans")
    if body.relations and not view.needs_labels:
        raise BadRelations("Nothing is connected in this task.", field="relations")
    if body.choices and not view.needs_labels:
        raise BadChoices("No labels are chosen in this task.", field="choices")


def _checked_spans(task: Task, codepoints: int, body: AnswerBody) -> list[Span]:
    became = _label_map_for(task, {span.label for span in body.spans})
    return check_spans_within(
        codepoints,
        follow_spans(_spans_of(body), became),
        frozenset(task.label_ids),
        may_overlap=task.shown_as.may_overlap,
    )


def _checked_relations(task: Task, body: AnswerBody, checked: list[Span]) -> list[Relation]:
    """Return the relations by positions in the spans as they were checked."""
    sent: list[Relation] = [
        {"head": each.head, "child": each.child, "label": str(each.label)}
        for each in body.relations
    ]
    refuse_unjoined(sent, len(body.spans))
    spans = _spans_of(body)
    used = {span.label for span in body.spans} | {each.label for each in body.relations}
    became = _label_map_for(task, used)
    followed = follow_relations(sent, spans, became)
    placed = moved(followed, follow_spans(spans, became), checked)
    return check_relations(placed, checked, frozenset(task.label_ids))


def _spans_of(body: AnswerBody) -> list[Span]:
    return [{"start": s.start, "end": s.end, "label": str(s.label)} for s in body.spans]


def _checked_choices(task: Task, body: AnswerBody) -> list[UUID]:
    became = _label_map_for(task, set(body.choices))
    chosen = follow_choices(body.choices, became) if became else body.choices
    return check_choices(chosen, task.label_ids, verdict=body.verdict, exclusive=task.exclusive)


def _label_map_for(task: Task, labels: set[UUID]) -> LabelMap:
    """Return what became of labels that the task has no more: an app may be open since before.

    Labels that never were the task's are not in it, and left for the check to refuse.
    """
    return {} if labels <= set(task.label_ids) else label_map(task.project_id)
