"""A task with a queue that is half done, and annotators who are signed in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

TEXT = "The OutputConfig field names the bucket, and must be set to TRUE for example {n}."


@dataclass(frozen=True)
class Stage:
    """A task, the id of its label, and (cookie, CSRF token) of each annotator."""

    task: uuid.UUID
    label: uuid.UUID
    sessions: list[tuple[str, str]]


def make_stage(examples: int, annotators: int) -> Stage:
    """Make a task of so many examples, half of them answered, and sign the annotators in."""
    import django

    django.setup()
    from worker.projects.models import Label, Project, Task
    from worker.queue.filling import fill_queue
    from worker.store.models import Asset, Dataset, ImportRun

    project = Project.objects.create(id=uuid.uuid4(), title="Bench", version=1)
    label = Label.objects.create(
        id=uuid.uuid4(), project=project, name="FIELD", colour="#1f6f5c", key="1", position=0
    )
    dataset = Dataset.objects.create(
        id=uuid.uuid4(), project_id=project.id, name="bench", role="training"
    )
    asset = Asset.objects.create(id=uuid.uuid4(), project_id=project.id, name="b", kind="data")
    run = ImportRun.objects.create(asset=asset, job=uuid.uuid4(), state="visible")
    task = Task.objects.create(
        id=uuid.uuid4(), project=project, title="Bench", recipe="ner.manual.v1", state="open",
        dataset_id=dataset.id, evaluation_share=0.0, label_ids=[label.id],
    )  # fmt: skip
    copy_examples(dataset.id, run.id, examples)
    fill_queue(task)
    people = [person(task) for _ in range(annotators)]
    answer_half(task.id, examples)
    return Stage(task.id, label.id, people)


def copy_examples(dataset: uuid.UUID, run: uuid.UUID, count: int) -> None:
    """Write examples that differ in a number."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO worker_store_example"
            " (dataset_id, import_run_id, text, input_hash, fold_key)"
            " SELECT %s, %s, replace(%s, '{n}', n::text), decode(md5(n::text), 'hex'), n"
            " FROM generate_series(1, %s) n",
            [dataset, run, TEXT, count],
        )


def answer_half(task: uuid.UUID, examples: int) -> None:
    """Answer the first half in portions, as annotators would have, leaving dead rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        for _ in range(10):
            cursor.execute(
                "WITH next AS (SELECT id FROM worker_queue_queueitem WHERE task_id = %s"
                " AND lane = 'main' AND open_slots > 0"
                " ORDER BY position LIMIT %s),"
                " taken AS (UPDATE worker_queue_queueitem item SET open_slots = 0, missing = 0"
                " FROM next WHERE next.id = item.id RETURNING item.example_id),"
                " people AS (SELECT array_agg(subject) AS ids FROM worker_projects_taskannotator)"
                " INSERT INTO worker_store_answer (id, example_id, task_id, annotator, verdict,"
                " spans, flagged, note, version, working_ms, answered_at)"
                " SELECT gen_random_uuid(), example_id, %s,"
                " ids[1 + example_id %% cardinality(ids)], 'accept', '[]', false, '', 1, 1000,"
                " now() FROM taken, people",
                [task, examples // 20, task],
            )


def person(task: Any) -> tuple[str, str]:
    """Approve an annotator and sign them in; return (cookie, CSRF token)."""
    from annex.contract.enums import Role

    from worker.people.actions import Decider, approve_subject
    from worker.people.sessions import open_session
    from worker.projects.models import Person, TaskAnnotator

    subject = approve_subject(uuid.uuid4(), name="Bench", role=Role.ANNOTATOR, by=Decider("bench"))
    Person.objects.create(
        project_id=task.project_id, subject=subject.id, name="Bench", role=Role.ANNOTATOR.value
    )
    TaskAnnotator.objects.create(task=task, subject=subject.id)
    session, key = open_session(subject, {str(task.project_id): Role.ANNOTATOR})
    return key, session.csrf
