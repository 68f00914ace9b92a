"""An annotator's own answers, newest first."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from common.errors import InvalidRequest
from worker.annotate.shapes import HistoryRow, HistoryShape
from worker.projects.models import Task
from worker.store.models import Answer

SNIPPET_CODEPOINTS = 140
HISTORY_ROWS = 30


def history_of(task: Task, subject: UUID, cursor: str) -> HistoryShape:
    """Return the annotator's answers, newest first, from an opaque cursor on.

    Raises: InvalidRequest for a cursor that is not ours.
    """
    answers = _with_snippets(Answer.objects.filter(task_id=task.id, annotator=subject))
    if cursor:
        at, answer_id = _read_cursor(cursor)
        after = Q(answered_at__lt=at) | Q(answered_at=at, id__lt=answer_id)
        # Said apart, or the index would be read from its newest end up to this page.
        answers = answers.filter(after, answered_at__lte=at)
    rows = list(answers.order_by("-answered_at", "-id")[: HISTORY_ROWS + 1])
    shown = rows[:HISTORY_ROWS]
    return HistoryShape(
        results=[_history_row(answer) for answer in shown],
        next=_write_cursor(shown[-1]) if len(rows) > HISTORY_ROWS else None,
    )


def answer_fields(answer: Answer) -> dict[str, Any]:
    """Return an answer's columns as its own annotator sees them."""
    return {
        "id": answer.id,
        "example": answer.example.uid,
        "verdict": answer.verdict,
        "spans": answer.spans or [],
        "choices": answer.choices or [],
        "relations": answer.relations or [],
        "written": answer.written,
        "picked": answer.picked,
        "flagged": answer.flagged,
        "note": answer.note,
        "version": answer.version,
        "working_ms": answer.working_ms,
        "answered_at": answer.answered_at,
    }


def _with_snippets(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Fetch of each text its beginning only: a page of long ones weighs megabytes."""
    own = [field.attname for field in Answer._meta.concrete_fields]
    shown = answers.select_related("example").only(*own, "example__uid")
    return shown.annotate(snippet=Left("example__text", SNIPPET_CODEPOINTS))


def _history_row(answer: Answer) -> HistoryRow:
    return HistoryRow(**answer_fields(answer), snippet=answer.snippet)  # type: ignore[attr-defined]


def _write_cursor(answer: Answer) -> str:
    raw = f"{answer.answered_at.isoformat()}|{answer.id}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[datetime, UUID]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, _, answer_id = raw.partition("|")
        when = datetime.fromisoformat(at)
        if when.tzinfo is None:
            raise ValueError("no time zone")
        return when, UUID(answer_id)
    except (ValueError, binascii.Error):
        raise InvalidRequest("The cursor is not one of ours.", field="cursor") from None
