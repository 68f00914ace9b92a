"""What the recipe of a task says of an answer before it is saved."""

from __future__ import annotations

from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from annex.contract import process as p

from common.errors import AnnexError
from worker.annotate.deciding import Size, decide
from worker.annotate.shapes import AnswerBody, IdentifiedAnswer
from worker.projects.models import Task
from worker.published.checking import CHECKERS, Unchecked, note_unchecked
from worker.published.errors import AnswerRefused
from worker.published.failures import FailureKind, RecipeFailed
from worker.published.recording import keep_failure
from worker.store.models import Example

B = TypeVar("B", bound=AnswerBody)


def review(task: Task, subject: UUID, answer_id: UUID, body: B) -> B:
    """Return the answer as the task's recipe wants it saved.

    Where the recipe fails, that is the answer as it was given, noted as unchecked.
    Raises: AnswerRefused (customer), in the recipe's words.
    """
    if not task.has_check:
        return body
    # Of the task's own examples alone: a recipe must not hear what another project holds.
    own = Example.objects.filter(dataset_id__in=task.dataset_ids, visible=True)
    example = own.filter(uid=body.example).only("text", "options").first()
    given = None if example is None else _line_of(task, subject, example, body)
    if example is None or given is None:
        return body
    try:
        return _replaced(task, given, _size_of(example), body)
    except Unchecked as unchecked:
        note_unchecked(unchecked.ref, answer_id)
    return body


def review_each(
    task: Task, subject: UUID, answers: list[IdentifiedAnswer]
) -> tuple[list[IdentifiedAnswer], dict[UUID, AnnexError]]:
    """Return the answers as they are to be saved, and what was refused of them."""
    if not task.has_check:
        return answers, {}
    accepted: list[IdentifiedAnswer] = []
    refused: dict[UUID, AnnexError] = {}
    for answer in answers:
        try:
            accepted.append(review(task, subject, answer.id, answer))
        except AnswerRefused as error:
            refused[answer.id] = error
    return accepted, refused


def _size_of(example: Example) -> Size:
    return Size(len(example.text), len(example.options))


def _line_of(task: Task, subject: UUID, example: Example, body: AnswerBody) -> p.AnswerLine | None:
    """Return the answer as a recipe hears of it; None for one that will be refused anyway."""
    with suppress(AnnexError):
        decision = decide(task, _size_of(example), body)
        return p.AnswerLine.model_validate(
            {
                "text": example.text,
                "verdict": decision.verdict,
                "spans": decision.spans or [],
                "choices": decision.choices or [],
                "written": decision.written,
                "picked": decision.picked,
                "annotator": subject,
                "relations": decision.relations,
            }
        )
    return None


def _replaced(task: Task, given: p.AnswerLine, size: Size, body: B) -> B:
    """Return what the recipe puts in the answer's place. Raises: AnswerRefused, Unchecked."""
    said = CHECKERS.check(task, given)
    relations = given.relations if said.relations is None else said.relations
    replaced = type(body).model_validate(
        body.model_dump()
        | {
            "verdict": said.verdict,
            "spans": [span.model_dump() for span in said.spans],
            "choices": said.choices,
            "relations": [relation.model_dump() for relation in relations or ()],
            "written": said.written,
            "picked": said.picked,
        }
    )
    try:
        decide(task, size, replaced)
    except AnnexError as wrong:
        bad = RecipeFailed(FailureKind.BAD_ANSWER, message=wrong.detail)
        raise Unchecked(keep_failure(task, bad).ref) from None
    return replaced
