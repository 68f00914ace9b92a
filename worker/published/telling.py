"""Telling a recipe which answers were saved since it was last told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from annex.contract import process as p
from annex.contract.enums import Verdict
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from worker.projects.models import Task
from worker.published.models import Stream
from worker.published.process import RecipeProcess
from worker.store.models import Answer, Example

SETTLED = timedelta(seconds=5)
"""A save takes its time before it commits, and one that began later may be in first."""


@dataclass(frozen=True)
class Told:
    """The last answer that a recipe was told of: when it was given, and its id."""

    at: datetime
    answer: UUID


def tell_answers(process: RecipeProcess, task: Task, stream: Stream) -> Told | None:
    """Give a recipe the answers of its task that it has not been told of, in order.

    Returns: how far it is told now; None when there was nothing new.
    Raises:  RecipeFailed.
    """
    began = told = _told_by(stream)
    while answers := _answers_after(task, told):
        lines = [answer_line(answer) for answer in answers]
        process.ask(p.Update(answers=lines), p.Finished, seconds=settings.RECIPE_SECONDS)
        told = Told(answers[-1].answered_at, answers[-1].id)
    return None if told == began else told


def answer_line(answer: Answer) -> p.AnswerLine:
    """Return a stored answer, with `.example` loaded, as a recipe hears of it."""
    return _line_of(answer, answer.example.text)


def dataset_line(example: Example) -> p.DatasetLine:
    """Return an example with the answers that `.answers.all()` has, as a recipe reads them."""
    answers = [_line_of(answer, "") for answer in example.answers.all()]
    return p.DatasetLine(
        text=example.text,
        meta=example.meta,
        options=example.options,
        answers=answers[-p.MAX_BATCH :],
    )


def asked_of(answer: Answer) -> list[str]:
    """Return what the annotator was asked for."""
    asked = {"spans": answer.spans, "choices": answer.choices}
    return [part for part, said in asked.items() if said is not None]


def _line_of(answer: Answer, text: str) -> p.AnswerLine:
    return p.AnswerLine.model_validate(
        {
            "text": text,
            "verdict": Verdict(answer.verdict),
            "spans": [_span(span) for span in answer.spans or ()],
            "choices": answer.choices or [],
            "written": answer.written,
            "picked": answer.picked,
            "annotator": answer.annotator,
            "asked": asked_of(answer),
            "relations": answer.relations,
        }
    )


def _span(span: dict[str, object]) -> dict[str, object]:
    return {key: span[key] for key in ("start", "end", "label")}


def _told_by(stream: Stream) -> Told | None:
    if stream.told_at is None or stream.told_answer is None:
        return None
    return Told(stream.told_at, stream.told_answer)


def _answers_after(task: Task, told: Told | None) -> Sequence[Answer]:
    answers = Answer.objects.filter(
        task_id=task.id, answered_at__lt=timezone.now() - SETTLED
    ).select_related("example")
    if told is not None:
        later = Q(answered_at=told.at, id__gt=told.answer) | Q(answered_at__gt=told.at)
        answers = answers.filter(later)
    return list(answers.order_by("answered_at", "id")[: p.MAX_BATCH])
