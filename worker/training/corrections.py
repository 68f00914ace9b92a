"""Where the answers behind an evaluation can be edited."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from annex.contract.enums import Component, Says, TaskRecipe, TaskState
from django.db.models import Q

from worker.projects.models import Task
from worker.store.models import Answer
from worker.training.models import Evaluation


class WhyNot(StrEnum):
    """Why an answer cannot be edited: nobody asks for all its labels here, or nobody any more."""

    NO_TASK = "no_task"
    CLOSED = "closed"


@dataclass(frozen=True)
class Place:
    """The task in which the answer that counts can be edited; without one, why there is none."""

    task: UUID | None = None
    is_mine: bool = False
    why_not: WhyNot | None = None


ASKING = {
    Says.SPANS: Q(recipe=TaskRecipe.NER_MANUAL.value),
    Says.RELATIONS: Q(published__name="rel.manual"),
    Says.CHOICES: Q(recipe=TaskRecipe.TEXTCAT_MANUAL.value),
}
"""The tasks that ask for what a predictor says."""
NOWHERE = Place(why_not=WhyNot.NO_TASK)


def places_of(evaluation: Evaluation, examples: Collection[int], subject: UUID) -> dict[int, Place]:
    """Return where the person may edit the answers to examples of the evaluation's dataset.

    Args: examples: the store's ids; those whose answer is gone are left out.
    """
    asked = Answer.objects.filter(example_id__in=examples)
    answers = asked.asked_for(Component(evaluation.component)).latest_in([evaluation.dataset_id])
    tasks = _tasks_over(evaluation)
    return {answer.example_id: _place(answer, tasks, subject) for answer in answers}


def _tasks_over(evaluation: Evaluation) -> list[Task]:
    asking = ASKING[Component(evaluation.component).says]
    of_dataset = Q(dataset_id=evaluation.dataset_id) | Q(
        evaluation_dataset_id=evaluation.dataset_id
    )
    return list(
        Task.objects.filter(asking, of_dataset, project_id=evaluation.project_id)
        .order_by("title", "id")
        .only("id", "state", "label_ids")
    )


def _place(answer: Answer, tasks: Sequence[Task], subject: UUID) -> Place:
    # Who is asked for fewer labels would take the others away.
    asking = [task for task in tasks if answer.labels <= set(task.label_ids)]
    taking = [task for task in asking if task.state != TaskState.CLOSED.value]
    if not taking:
        return Place(why_not=WhyNot.CLOSED if asking else WhyNot.NO_TASK)
    task = min(taking, key=lambda task: task.id != answer.task_id)
    return Place(task.id, is_mine=(task.id, subject) == (answer.task_id, answer.annotator))
