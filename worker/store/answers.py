"""Saving answers, and reading the ones that count."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from annex.contract.enums import Component, Verdict
from django.db import transaction
from django.utils import timezone

from common.errors import Conflict
from worker.store.models import Answer
from worker.store.querysets import AnswerQuerySet
from worker.store.relations import Relation
from worker.store.spans import Span

IMPORT_ANNOTATOR = uuid5(UUID("b3c1f0a6-1c55-4a44-8d0e-0d6f4f0a9e10"), "import")
"""The annotator of answers that came with a file."""


@dataclass(frozen=True)
class Decision:
    """What an annotator decided; `working_ms` is in total.

    `spans` have passed `check_spans`, `choices` `check_choices`, `relations` `check_relations`,
    `written` and `picked` the checks of `worker.store.replies`; None: they were not asked for.
    """

    verdict: Verdict
    spans: list[Span] | None
    choices: list[UUID] | None = None
    relations: list[Relation] | None = None
    flagged: bool = False
    note: str = ""
    working_ms: int = 0
    written: str | None = None
    picked: int | None = None


@dataclass(frozen=True)
class Saved:
    """The stored answer; `created` and `changed` are both false for a repeat of the same save."""

    answer: Answer
    created: bool
    changed: bool


class AnswerConflict(Conflict):
    """Another save of the same answer came first; the problem document carries both versions."""

    code = "answer.conflict"
    title = "This answer was changed somewhere else"
    what_to_do = "Look at both versions and keep one."

    def __init__(self, *, yours: dict[str, Any], theirs: dict[str, Any]) -> None:
        super().__init__()
        self.versions = {"yours": yours, "theirs": theirs}

    def extra(self) -> dict[str, Any]:
        """Add both versions."""
        return self.versions


class AnswerIdTaken(Conflict):
    """The client's id already names an answer to another example or of another annotator."""

    code = "answer.id_taken"
    title = "This answer's id is already in use"
    what_to_do = "Save the answer again under a fresh id."


def save_answer(
    *,
    answer_id: UUID,
    task_id: UUID | None,
    example_id: int,
    annotator: UUID,
    decision: Decision,
    base_version: int = 0,
    now: datetime | None = None,
) -> Saved:
    """Store an annotator's answer to an example, once per task.

    Args:     answer_id: made by the client.   base_version: what the edit started from, 0: nothing.
    Returns:  the answer; saving the same again is neither created nor changed.
    Raises:   AnswerConflict (customer): it has another version now.   AnswerIdTaken (customer).
    """
    fresh = Answer(
        id=answer_id, task_id=task_id, example_id=example_id, annotator=annotator,
        answered_at=now or timezone.now(), **decision_fields(decision),
    )  # fmt: skip
    with transaction.atomic():
        Answer.objects.bulk_create([fresh], ignore_conflicts=True)
        stored = _locked_answer(fresh)
        return _merge(stored, fresh, base_version)


def decision_fields(decision: Decision) -> dict[str, Any]:
    """Return the decision as the columns of an answer."""
    return {
        "verdict": decision.verdict.value,
        "spans": decision.spans,
        "choices": decision.choices,
        "relations": decision.relations,
        "written": decision.written,
        "picked": decision.picked,
        "flagged": decision.flagged,
        "note": decision.note,
        "working_ms": decision.working_ms,
    }


def answers_for_training(dataset_ids: Collection[UUID], component: Component) -> AnswerQuerySet:
    """Return the last answer to each visible example that says what the component learns from.

    Ignored ones are left out; `.example` is loaded.
    """
    return Answer.objects.for_training(dataset_ids, component)


def _locked_answer(fresh: Answer) -> Answer:
    stored = (
        Answer.objects.select_for_update()
        .filter(
            task_id=fresh.task_id,
            example_id=fresh.example_id,
            annotator=fresh.annotator,
        )
        .first()
    )
    if stored is None:
        raise AnswerIdTaken
    return stored


def _merge(stored: Answer, fresh: Answer, base_version: int) -> Saved:
    if stored.id == fresh.id and _content(stored) == _content(fresh):
        # Whatever it says to be an edit of: what was not stored before takes a slot.
        created = stored.answered_at == fresh.answered_at
        return Saved(stored, created=created, changed=created)
    if stored.id != fresh.id or stored.version != base_version:
        raise AnswerConflict(yours=conflict_side(fresh), theirs=conflict_side(stored))
    return _overwrite(stored, fresh)


def _overwrite(stored: Answer, fresh: Answer) -> Saved:
    for field in EDITED_FIELDS:
        setattr(stored, field, getattr(fresh, field))
    stored.version += 1
    stored.save(update_fields=[*EDITED_FIELDS, "version"])
    return Saved(stored, created=False, changed=True)


EDITED_FIELDS = (
    "verdict",
    "spans",
    "choices",
    "relations",
    "written",
    "picked",
    "flagged",
    "note",
    "working_ms",
    "answered_at",
)


def _content(answer: Answer) -> tuple[Any, ...]:
    said = answer.spans, answer.choices, answer.relations, answer.written, answer.picked
    return answer.verdict, *said, answer.flagged, answer.note


def conflict_side(answer: Answer) -> dict[str, Any]:
    """Return one side of a conflict as the annotation app reads it."""
    return {
        "id": str(answer.id),
        "version": answer.version,
        "verdict": answer.verdict,
        "spans": answer.spans or [],
        "choices": [str(label) for label in answer.choices or ()],
        "relations": answer.relations or [],
        "written": answer.written,
        "picked": answer.picked,
        "flagged": answer.flagged,
        "note": answer.note,
        "working_ms": answer.working_ms,
        "answered_at": answer.answered_at.isoformat(),
    }
