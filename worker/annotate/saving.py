"""Save answers: each once, all of it in one transaction, durable when the answer is 200 or 201.

Nothing here talks to the control plane or waits for it; see `worker.queue.reporting`.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from annex.contract.enums import TaskState
from django.db import transaction

from common.errors import AnnexError, Conflict, NotFound
from worker.annotate.shapes import AnswerBody, IdentifiedAnswer
from worker.projects.models import Task
from worker.queue.actions import complete
from worker.queue.saving import save_held
from worker.queue.tallies import count_answer, recount_answers
from worker.store.answers import Decision, Saved, save_answer
from worker.store.models import Example
from worker.store.spans import Span, check_spans


class TaskClosed(Conflict):
    """The task takes no more answers."""

    code = "task.closed"
    title = "This task is closed"
    what_to_do = "Ask whoever runs the project to open it again."


@dataclass(frozen=True)
class Outcome:
    """What became of one answer of several: an error, or the version it has now."""

    id: UUID
    created: bool = False
    version: int | None = None
    error: AnnexError | None = None


@dataclass(frozen=True)
class SavedAnswer:
    """The version an answer has now; `created` is false for a repeat and for an edit."""

    version: int
    created: bool


def save_one(task: Task, subject: UUID, answer_id: UUID, body: AnswerBody) -> SavedAnswer:
    """Save one answer and use up its slot.

    Raises: AnswerConflict, LeaseLost, TaskClosed, BadSpans, NotFound (all customer): nothing is
        saved.
    """
    if task.state == TaskState.CLOSED.value:
        raise TaskClosed()
    example = find_example(task, body.example)
    decision = Decision(
        verdict=body.verdict,
        spans=checked_spans(task, example, body),
        flagged=body.flagged,
        note=body.note,
        working_ms=body.working_ms,
    )
    if body.base_version == 0 and save_held(
        answer_id=answer_id,
        task_id=task.id,
        example_id=example.id,
        subject=subject,
        decision=decision,
    ):
        return SavedAnswer(version=1, created=True)
    return _settle(
        task, subject, example, decision, answer_id=answer_id, base_version=body.base_version
    )


def _settle(
    task: Task,
    subject: UUID,
    example: Example,
    decision: Decision,
    *,
    answer_id: UUID,
    base_version: int,
) -> SavedAnswer:
    """Save what is not a first answer to a held example: a repeat, an edit, a lost lease."""
    with transaction.atomic():
        saved = save_answer(
            answer_id=answer_id,
            task_id=task.id,
            example_id=example.id,
            annotator=subject,
            decision=decision,
            base_version=base_version,
        )
        _count(task, subject, saved, decision)
    return SavedAnswer(saved.answer.version, saved.created)


def save_many(task: Task, subject: UUID, answers: list[IdentifiedAnswer]) -> list[Outcome]:
    """Save several answers with one commit; one that is refused does not hold up the others.

    Returns: outcomes in the order of the answers.
    """
    outcomes: dict[UUID, Outcome] = {}
    with transaction.atomic():
        # In one order for all, so that two posts of the same answers cannot lock each other out.
        for answer in sorted(answers, key=lambda answer: answer.id):
            outcomes[answer.id] = _try_one(task, subject, answer)
    return [outcomes[answer.id] for answer in answers]


def find_example(task: Task, uid: UUID) -> Example:
    """Return a visible example of the task's datasets. Raises: NotFound."""
    example = Example.objects.filter(
        uid=uid, dataset_id__in=datasets_of(task), visible=True
    ).first()
    if example is None:
        raise NotFound()
    return example


def datasets_of(task: Task) -> list[UUID]:
    """Return the ids of the task's datasets: the main one, and the held-back one if any."""
    return [found for found in (task.dataset_id, task.evaluation_dataset_id) if found]


def checked_spans(task: Task, example: Example, body: AnswerBody) -> list[Span]:
    """Return the spans sorted, when they fit the text and the task. Raises: BadSpans."""
    spans: list[Span] = [
        {"start": span.start, "end": span.end, "label": str(span.label)} for span in body.spans
    ]
    return check_spans(example.text, spans, frozenset(task.label_ids))


def _try_one(task: Task, subject: UUID, answer: IdentifiedAnswer) -> Outcome:
    try:
        saved = save_one(task, subject, answer.id, answer)
    except AnnexError as error:
        return Outcome(answer.id, error=error)
    return Outcome(answer.id, saved.created, saved.version)


def _count(task: Task, subject: UUID, saved: Saved, decision: Decision) -> None:
    if saved.created:
        completion = complete(task, saved.answer.example_id, subject)
        count_answer(task.id, subject, decision.verdict, decision.working_ms, completion)
    elif saved.changed:
        recount_answers(task.id, subject)
