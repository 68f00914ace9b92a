"""What an annotator decided, checked against the task and the length of the text."""

from __future__ import annotations

from uuid import UUID

from worker.annotate.shapes import AnswerBody
from worker.projects.models import Task
from worker.store.answers import Decision
from worker.store.choices import check_choices
from worker.store.label_maps import (
    LabelMap,
    follow_choices,
    follow_relations,
    follow_spans,
    label_map,
)
from worker.store.relations import Relation, check_relations, moved, refuse_unjoined
from worker.store.spans import Span, check_spans_within


def decide(task: Task, codepoints: int, body: AnswerBody) -> Decision:
    """Return what was decided on a text of this length.

    Raises: BadSpans, BadChoices, BadRelations.
    """
    spans = None if task.is_classifying else _checked_spans(task, codepoints, body)
    return Decision(
        verdict=body.verdict,
        spans=spans,
        choices=_checked_choices(task, body) if task.is_classifying else None,
        relations=_checked_relations(task, body, spans or []) if task.is_relating else None,
        flagged=body.flagged,
        note=body.note,
        working_ms=body.working_ms,
    )


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
