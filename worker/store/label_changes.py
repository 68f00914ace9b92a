"""Let answers follow a change of the label scheme, and take that back. No answer is ever lost.

An answer that is rewritten leaves its former state in an `AnswerRevision`. The verdict, the times
and the note stay; the version goes up, so that an app that still shows the former state notices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from annex.contract.enums import DatasetRole
from annex.contract.inbound import ChangeLabels
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from worker.store.label_maps import (
    LabelMap,
    edges_of,
    follow_choices,
    follow_relations,
    follow_spans,
)
from worker.store.models import Answer, Dataset, LabelChange

SCHEME_SALT = "annex.store.scheme.v1"
CHUNK_ANSWERS = 2000


@dataclass(frozen=True)
class Touched:
    """How many answers carry a label of the change; `held_back` are those for evaluation."""

    answers: int
    held_back: int


def count_touched(project_id: UUID, labels: Sequence[UUID]) -> Touched:
    """Count the answers of the project that a change of these labels is about."""
    answers = answers_with(project_id, labels)
    held_back = answers.filter(example__dataset__in=_evaluation_datasets(project_id)).count()
    return Touched(answers.count() - held_back, held_back)


def answers_with(project_id: UUID, labels: Sequence[UUID]) -> QuerySet[Answer]:
    """Return the project's answers in which one of the labels is used."""
    carries = Q(choices__overlap=list(labels))
    for label in labels:
        carries |= Q(spans__contains=[{"label": str(label)}])
        carries |= Q(relations__contains=[{"label": str(label)}])
    return Answer.objects.filter(carries, example__dataset__project_id=project_id)


def open_change(body: ChangeLabels) -> tuple[LabelChange, bool]:
    """Return the change and whether it is new here: a command may arrive twice."""
    return LabelChange.objects.get_or_create(
        id=body.change,
        defaults={
            "project_id": body.project,
            "kind": body.kind.value,
            "labels": body.labels,
            "into": body.into,
            "evaluation": body.evaluation,
            "look_again": body.look_again,
            "applied_at": timezone.now(),
            "settled": not _labels_retire(body),
        },
    )


@transaction.atomic
def rewrite_answers(change: LabelChange) -> list[Answer]:
    """Let the answers follow the change; what has followed already is left alone.

    Returns: the touched answers as they were, their examples loaded; also those that keep their
        marks, as in a split of which the label itself is a part.
    """
    touched: list[Answer] = []
    answers = answers_with(change.project_id, change.labels).select_related("example")
    # A text can be long, and none is looked at here.
    answers = answers.defer("example__text", "example__meta")
    if not change.evaluation:
        answers = answers.exclude(example__dataset__in=_evaluation_datasets(change.project_id))
    held_back = set(_evaluation_datasets(change.project_id).values_list("id", flat=True))
    locked = answers.select_for_update(of=("self",)).order_by("id")
    for chunk in _chunks(locked.iterator(chunk_size=CHUNK_ANSWERS)):
        _keep(change, chunk, held_back)
        _write(chunk, change)
        touched += chunk
    datasets = {answer.example.dataset_id for answer in touched} & held_back
    change.datasets = sorted({*change.datasets, *datasets})
    change.save(update_fields=["datasets"])
    return touched


@transaction.atomic
def restore_answers(change: LabelChange) -> int:
    """Put back every answer as it was before the change.

    Returns: how many were edited since; they keep the edit.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RESTORE, [change.id])
        restored = int(cursor.rowcount)
    change.undone_at = timezone.now()
    change.not_restored = change.revisions.count() - restored
    change.save(update_fields=["undone_at", "not_restored"])
    return change.not_restored


def newer_changes(change: LabelChange) -> QuerySet[LabelChange]:
    """Return the changes in force that were made after this one: they are undone first."""
    return LabelChange.objects.filter(
        project_id=change.project_id, undone_at=None, applied_at__gt=change.applied_at
    )


def scheme_digest(dataset_id: UUID, *, at: datetime | None = None) -> str | None:
    """Return the keyed digest of the changes that a dataset's answers have followed; None: none.

    Args: at: as it was then; else now.
    """
    changes = LabelChange.objects.filter(datasets__contains=[dataset_id])
    if at is None:
        changes = changes.filter(undone_at=None)
    else:
        still_made = Q(undone_at=None) | Q(undone_at__gt=at)
        changes = changes.filter(still_made, applied_at__lte=at)
    ids = [
        str(change_id) for change_id in changes.order_by("applied_at").values_list("id", flat=True)
    ]
    if not ids:
        return None
    return salted_hmac(SCHEME_SALT, " ".join(ids), algorithm="sha256").hexdigest()


def _labels_retire(body: ChangeLabels) -> bool:
    """A split may keep its label as one of the parts: then it goes on in use."""
    return not set(body.labels) & set(body.into)


def _evaluation_datasets(project_id: UUID) -> QuerySet[Dataset]:
    return Dataset.objects.filter(project_id=project_id, role=DatasetRole.EVALUATION.value)


def _chunks(answers: Iterator[Answer]) -> Iterator[list[Answer]]:
    while chunk := list(islice(answers, CHUNK_ANSWERS)):
        yield chunk


# Twice only when the answer was edited back to a former label meanwhile: the edit counts.
_KEEP = """
INSERT INTO worker_store_answerrevision
  (change_id, answer_id, version, spans, choices, relations, answered_at, held_back)
SELECT %(change)s, answer.id, answer.version, answer.spans, answer.choices, answer.relations,
  answer.answered_at, example.dataset_id = ANY(%(held_back)s)
FROM worker_store_answer answer JOIN worker_store_example example ON example.id = answer.example_id
WHERE answer.id = ANY(%(answers)s)
ON CONFLICT (change_id, answer_id) DO UPDATE SET version = excluded.version,
  spans = excluded.spans, choices = excluded.choices, relations = excluded.relations,
  answered_at = excluded.answered_at
"""


def _keep(change: LabelChange, answers: list[Answer], held_back: set[UUID]) -> None:
    values: dict[str, UUID | list[UUID]] = {
        "change": change.id,
        "held_back": list(held_back),
        "answers": [answer.id for answer in answers],
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)


_WRITE = """
UPDATE worker_store_answer answer
SET spans = new.spans, choices = new.choices, relations = new.relations,
  version = answer.version + 1
FROM jsonb_to_recordset(%s::jsonb) AS new (id uuid, spans jsonb, choices uuid[], relations jsonb)
WHERE answer.id = new.id
"""

# An edit sets a new time; a label change does not.
_RESTORE = """
UPDATE worker_store_answer answer
SET spans = former.spans, choices = former.choices, relations = former.relations,
  version = answer.version + 1
FROM worker_store_answerrevision former
WHERE former.change_id = %s AND former.answer_id = answer.id
  AND former.answered_at = answer.answered_at
"""


def _write(answers: list[Answer], change: LabelChange) -> None:
    became = edges_of(change)
    if not became:
        return
    rows = [_followed(answer, became) for answer in answers]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [orjson.dumps(rows).decode()])


def _followed(answer: Answer, became: LabelMap) -> dict[str, Any]:
    spans, choices, relations = answer.spans, answer.choices, answer.relations
    return {
        "id": answer.id,
        "spans": None if spans is None else follow_spans(spans, became),
        "choices": None if choices is None else follow_choices(choices, became),
        "relations": None
        if relations is None
        else follow_relations(relations, spans or (), became),
    }


def count_revised(change: LabelChange) -> Touched:
    """Count the answers that have followed the change."""
    held_back = change.revisions.filter(held_back=True).count()
    return Touched(change.revisions.count() - held_back, held_back)
