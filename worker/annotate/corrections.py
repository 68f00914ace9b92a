"""Answers of others that a reviewer corrects: theirs stays, and the later one counts."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Component

from worker.projects.models import Task
from worker.store.models import Answer, Example


def answer_to_correct(task: Task, example: Example) -> Answer | None:
    """Return the answer to an example that counts, if the task asks for all that it says."""
    answers = Answer.objects.filter(example=example)
    if task.shown_as.needs_labels:
        answers = answers.asked_for(Component.TEXTCAT if task.is_classifying else Component.NER)
    else:
        # What was written or picked in another task answers another question.
        answers = answers.filter(task_id=task.id)
    found = answers.latest_in([example.dataset_id]).select_related("example").first()
    return found if found and found.labels <= set(task.label_ids) else None


def corrects_an_answer(answer_id: UUID, example_id: int) -> bool:
    """Say whether there is such an answer to the example."""
    return Answer.objects.filter(id=answer_id, example_id=example_id).exists()
