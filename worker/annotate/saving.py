"""Save answers: each once, all of it in one transaction, durable when the answer is 200 or 201.

Nothing here talks to the control plane or waits for it; see `worker.queue.reporting`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from annex.contract.enums import TaskState
from django.db import transaction

from common.database.prepared import run_prepared
from common.errors import AnnexError, Conflict, NotFound
from worker.annotate.corrections import corrects_an_answer
from worker.annotate.deciding import MAX_SIZE, Size, decide
from worker.annotate.reviewing import review, review_each
from worker.annotate.shapes import AnswerBody, IdentifiedAnswer
from worker.projects.models import Task
from worker.queue.actions import Completion, complete
from worker.queue.models import Lane
from worker.queue.saving import FirstAnswer, SavedHeld, save_held
from worker.queue.second_looks import finish_look
from worker.queue.tallies import Progress, count_answer, progress_of, recount_answers
from worker.store.answers import Decision, Saved, save_answer
from worker.store.models import Example


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
    progress: Progress


@dataclass(frozen=True)
class Sent:
    """One answer that passed its checks, and the example it is to."""

    id: UUID
    example_id: int
    decision: Decision
    base_version: int
    corrects: UUID | None


def save_one(
    task: Task, subject: UUID, answer_id: UUID, body: AnswerBody, *, may_correct: bool = False
) -> SavedAnswer:
    """Save one answer and use up its slot; a correction takes none.

    Args:   may_correct: else what corrects somebody's answer is one more answer to the example.
    Raises: AnswerConflict, LeaseLost, TaskClosed, AnswerRefused, NotFound, and as `decide`
        (all customer): nothing is saved.
    """
    refuse_closed(task)
    body = review(task, subject, answer_id, body)
    if held := _save_held(task, subject, [(answer_id, body)]):
        return SavedAnswer(version=1, created=True, progress=held.progress)
    sent = _checked(task, _sizes_of(task, [body.example]), answer_id, body)
    version, created = _settle(task, subject, sent, may_correct=may_correct)
    return SavedAnswer(version, created, progress_of(task.id, subject))


def save_many(
    task: Task, subject: UUID, answers: list[IdentifiedAnswer], *, may_correct: bool = False
) -> tuple[list[Outcome], Progress]:
    """Save several answers; one that is refused does not hold up the others.

    Those to examples that the annotator holds share one commit, what needs a closer look another.
    Returns: outcomes in the order of the answers, and how far annotator and task are.
    """
    if task.state == TaskState.CLOSED.value:
        closed = [Outcome(answer.id, error=TaskClosed()) for answer in answers]
        return closed, progress_of(task.id, subject)
    accepted, refused = review_each(task, subject, answers)
    held = _save_held(task, subject, [(answer.id, answer) for answer in accepted])
    saved = held.ids if held else frozenset()
    outcomes = {answer_id: Outcome(answer_id, True, 1) for answer_id in saved}
    outcomes |= {answer_id: Outcome(answer_id, error=error) for answer_id, error in refused.items()}
    rest = [answer for answer in accepted if answer.id not in saved]
    outcomes |= _settle_each(task, subject, rest, may_correct=may_correct)
    progress = held.progress if held and not rest else progress_of(task.id, subject)
    return [outcomes[answer.id] for answer in answers], progress


def refuse_closed(task: Task) -> None:
    """Raise TaskClosed when the task takes no more answers."""
    if task.state == TaskState.CLOSED.value:
        raise TaskClosed()


def _save_held(
    task: Task, subject: UUID, answers: list[tuple[UUID, AnswerBody]]
) -> SavedHeld | None:
    """Save what is a first answer to a held example and has nothing wrong with it."""
    first = []
    for answer_id, body in answers:
        # What is refused here is checked again, and refused for the first reason there is.
        with suppress(AnnexError):
            if body.base_version == 0:
                decision = decide(task, MAX_SIZE, body)
                first.append(FirstAnswer(answer_id, body.example, decision))
    return save_held(task.id, task.dataset_ids, subject, first)


def _settle(task: Task, subject: UUID, sent: Sent, *, may_correct: bool) -> tuple[int, bool]:
    """Save what is not a first answer to a held example: a repeat, an edit, a lost lease.

    Returns: the answer's version, and whether it is new.
    """
    with transaction.atomic():
        saved = save_answer(
            answer_id=sent.id,
            task_id=task.id,
            example_id=sent.example_id,
            annotator=subject,
            decision=sent.decision,
            base_version=sent.base_version,
        )
        _count(task, subject, saved, sent, may_correct=may_correct)
    return saved.answer.version, saved.created


def _settle_each(
    task: Task, subject: UUID, answers: list[IdentifiedAnswer], *, may_correct: bool
) -> dict[UUID, Outcome]:
    outcomes: dict[UUID, Outcome] = {}
    if not answers:
        return outcomes
    sizes = _sizes_of(task, [answer.example for answer in answers])
    with transaction.atomic():
        # In one order for all, so that two posts of the same answers cannot lock each other out.
        for answer in sorted(answers, key=lambda answer: answer.id):
            try:
                sent = _checked(task, sizes, answer.id, answer)
                version, created = _settle(task, subject, sent, may_correct=may_correct)
                outcomes[answer.id] = Outcome(answer.id, created, version)
            except AnnexError as error:
                outcomes[answer.id] = Outcome(answer.id, error=error)
    return outcomes


_SIZES = """
SELECT uid, id, length(text), cardinality(options) FROM worker_store_example
WHERE uid = ANY(%(uids)s::uuid[]) AND dataset_id = ANY(%(datasets)s::uuid[]) AND visible
"""


def _sizes_of(task: Task, uids: list[UUID]) -> dict[UUID, tuple[int, Size]]:
    """Return id and size of those examples that belong to the task."""
    rows = run_prepared(_SIZES, {"uids": uids, "datasets": task.dataset_ids})
    return {uid: (example_id, Size(*size)) for uid, example_id, *size in rows}


def _checked(
    task: Task, sizes: dict[UUID, tuple[int, Size]], answer_id: UUID, body: AnswerBody
) -> Sent:
    """Return the answer fit to be saved. Raises: NotFound; as `decide`."""
    if body.example not in sizes:
        raise NotFound()
    example_id, size = sizes[body.example]
    decision = decide(task, size, body)
    return Sent(answer_id, example_id, decision, body.base_version, body.corrects)


def find_example(task: Task, uid: UUID) -> Example:
    """Return a visible example of the task's datasets. Raises: NotFound."""
    example = Example.objects.filter(uid=uid, dataset_id__in=task.dataset_ids, visible=True).first()
    if example is None:
        raise NotFound()
    return example


def _count(task: Task, subject: UUID, saved: Saved, sent: Sent, *, may_correct: bool) -> None:
    decision = sent.decision
    # Confirmed as it stands is looked at too; a repeat of the first save is not.
    is_look = saved.changed or sent.base_version > 0
    is_second_look = is_look and finish_look(task, subject, sent.example_id)
    if saved.created:
        is_correction = (
            may_correct
            and sent.corrects is not None
            and corrects_an_answer(sent.corrects, sent.example_id)
        )
        # The example was finished by the answer that it replaces.
        completion = (
            Completion(finished=False, lane=Lane.MAIN)
            if is_second_look or is_correction
            else complete(task, sent.example_id, subject)
        )
        count_answer(task.id, subject, decision.verdict, decision.working_ms, completion)
    elif saved.changed:
        recount_answers(task.id, subject)
