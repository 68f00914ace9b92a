"""Where the mistakes page says that an answer can be edited, or why it cannot."""

from __future__ import annotations

import uuid

import pytest
from annex.contract.enums import Role, TaskRecipe, TaskState
from django.utils import timezone

from tests.worker.cast import Stage, make_stage, sign_in
from tests.worker.training.measured import keep_evaluation, spans
from worker.people.models import Subject
from worker.store.answers import IMPORT_ANNOTATOR
from worker.store.models import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def dev(stage: Stage) -> Subject:
    return stage.person("Dev", Role.DEVELOPER)


def answered(stage: Stage, annotator: uuid.UUID, task: uuid.UUID | None) -> uuid.UUID:
    """Answer a held-back text; return what the page calls it."""
    (example,) = stage.examples(["Set MaxItems to ALL."], held_back=True)
    mark = {"start": 4, "end": 12, "label": str(stage.labels[0].id)}
    Answer.objects.create(
        id=uuid.uuid4(), example=example, annotator=annotator, task_id=task, verdict="accept",
        spans=[mark], answered_at=timezone.now(),
    )  # fmt: skip
    example.refresh_from_db()
    return example.uid


def shown(stage: Stage, dev: Subject) -> dict[str, object]:
    client = sign_in(dev, {stage.project.id: Role.DEVELOPER})
    evaluation = keep_evaluation(stage, [spans()])
    [finding] = client.get(f"/api/evaluations/{evaluation.id}/mistakes").json()["worst"]
    return dict(finding["answer"])


def test_what_came_with_a_file_is_corrected_in_the_task_over_it(stage: Stage, dev: Subject) -> None:
    answered(stage, IMPORT_ANNOTATOR, None)
    assert shown(stage, dev) == {"task": str(stage.task.id), "is_mine": False, "why_not": None}


def test_ones_own_answer_is_edited_where_it_was_given(stage: Stage, dev: Subject) -> None:
    stage.task.pk = uuid.UUID(int=0)
    stage.task.save(force_insert=True)  # another one over the same texts
    own = stage.project.tasks.exclude(id=stage.task.id).get()
    answered(stage, dev.id, own.id)
    assert shown(stage, dev) == {"task": str(own.id), "is_mine": True, "why_not": None}


@pytest.mark.parametrize(
    ("changes", "why_not"),
    [
        ({"state": TaskState.CLOSED.value}, "closed"),
        ({"label_ids": [uuid.UUID(int=1)]}, "no_task"),
        ({"recipe": TaskRecipe.TEXTCAT_MANUAL.value}, "no_task"),
        ({"evaluation_dataset_id": None}, "no_task"),
    ],
)
def test_where_no_task_takes_it_the_page_says_why(
    stage: Stage, dev: Subject, changes: dict[str, object], why_not: str
) -> None:
    answered(stage, dev.id, stage.task.id)
    stage.project.tasks.update(**changes)
    assert shown(stage, dev) == {"task": None, "is_mine": False, "why_not": why_not}
