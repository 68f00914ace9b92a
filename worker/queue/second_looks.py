"""Answered examples that come back, before all others, because their labels have changed.

They take no slot and hold up nobody: the answer in doubt stays valid until somebody replaces it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from annex.contract.enums import Role, TaskState
from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from worker.projects.models import Person, Task, TaskAnnotator
from worker.queue.models import SecondLook
from worker.store.label_maps import count_uses
from worker.store.models import Answer, LabelChange

KEPT_FOR = timedelta(days=1)
"""So long an example waits for who answered it; then whoever comes first may look at it."""


def ask_again(change: LabelChange, answers: Sequence[Answer]) -> int:
    """Put the answers' examples before people once more; return how many are new.

    Args: answers: as they were before the change, their examples loaded.
    """
    tasks = _TasksOf(change.project_id)
    now = timezone.now()
    looks = [
        SecondLook(
            task_id=task.id,
            example_id=answer.example_id,
            subject=tasks.whose_turn(task, answer),
            answer=answer,
            change=change,
            marks=count_uses(answer, change.labels),
            created_at=now,
        )
        for answer in answers
        if (task := tasks.task_of(answer))
    ]
    before = SecondLook.objects.filter(change=change).count()
    SecondLook.objects.bulk_create(looks, ignore_conflicts=True, batch_size=2000)
    return SecondLook.objects.filter(change=change).count() - before


class _TasksOf:
    """Where a project's answers can be looked at again, and by whom; three queries in all."""

    def __init__(self, project_id: UUID) -> None:
        tasks = Task.objects.filter(project_id=project_id).exclude(state=TaskState.CLOSED.value)
        self._tasks = {task.id: task for task in tasks.order_by("id")}
        self._assigned: dict[UUID, set[UUID]] = defaultdict(set)
        for row in TaskAnnotator.objects.filter(task__in=self._tasks):
            self._assigned[row.task_id].add(row.subject)
        developing = Person.objects.filter(project_id=project_id).exclude(
            role__in=[Role.REVIEWER.value, Role.ANNOTATOR.value]
        )
        self._developers = set(developing.values_list("subject", flat=True))

    def task_of(self, answer: Answer) -> Task | None:
        """Return the answer's own task; for one that came with a file, a task over its dataset."""
        if answer.task_id is not None:
            return self._tasks.get(answer.task_id)
        dataset = answer.example.dataset_id
        over = (
            t for t in self._tasks.values() if dataset in (t.dataset_id, t.evaluation_dataset_id)
        )
        return next(over, None)

    def whose_turn(self, task: Task, answer: Answer) -> UUID | None:
        """Return the annotator, if still there; None: anybody's."""
        there = answer.annotator in self._assigned[task.id] | self._developers
        return answer.annotator if there else None


@transaction.atomic
def serve_looks(
    task: Task, subject: UUID, count: int, *, holding: Collection[int] = ()
) -> list[SecondLook]:
    """Hand out examples to look at again: one's own first, then those that nobody is left for.

    A look shows the answer in doubt; where the task is blind to the annotator, only their own.
    """
    if count <= 0 or task.state != TaskState.OPEN.value:
        return []
    waiting = _open_to(task, subject).exclude(example_id__in=holding)
    mine_first = Case(
        When(subject=subject, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    looks = list(waiting.select_related("change", "answer").order_by(mine_first, "id")[:count])
    not_mine = [look.id for look in looks if look.subject != subject]
    if not_mine:
        return _claim(looks, not_mine, subject)
    return looks


def _open_to(task: Task, subject: UUID) -> QuerySet[SecondLook]:
    overdue = Q(created_at__lt=timezone.now() - KEPT_FOR, draft=None)
    answered = Answer.objects.filter(
        task_id=task.id, example_id=OuterRef("example_id"), annotator=subject
    )
    free = (Q(subject=None) | overdue) & ~Exists(answered)
    looks = SecondLook.objects.filter(Q(subject=subject) | free, task_id=task.id)
    return looks.filter(answer__annotator=subject) if task.blind else looks


def _claim(looks: list[SecondLook], not_mine: list[int], subject: UUID) -> list[SecondLook]:
    locked = SecondLook.objects.filter(id__in=not_mine).select_for_update(skip_locked=True)
    got = set(locked.values_list("id", flat=True))
    SecondLook.objects.filter(id__in=got).update(subject=subject, created_at=timezone.now())
    return [look for look in looks if look.id in got or look.id not in not_mine]


def looks_held(task: Task, subject: UUID, example_ids: Collection[int]) -> frozenset[int]:
    """Return those of the examples that the annotator is to look at again."""
    looks = SecondLook.objects.filter(task_id=task.id, subject=subject, example_id__in=example_ids)
    return frozenset(looks.values_list("example_id", flat=True))


def keep_look_draft(task: Task, subject: UUID, example_id: int, draft: dict[str, Any]) -> bool:
    """Keep what was changed so far; False when there is no such example to look at again."""
    looks = SecondLook.objects.filter(task_id=task.id, subject=subject, example_id=example_id)
    return bool(looks.update(draft=draft))


def finish_look(task: Task, subject: UUID, example_id: int) -> bool:
    """Note, in the transaction of its answer, that the example was looked at; False: not asked."""
    looks = SecondLook.objects.filter(task_id=task.id, subject=subject, example_id=example_id)
    return bool(looks.delete()[0])


def release_looks(task_ids: Iterable[UUID], subjects: Iterable[UUID]) -> None:
    """Leave to anybody what people who have left were to look at."""
    SecondLook.objects.filter(task_id__in=task_ids, subject__in=subjects).update(subject=None)
