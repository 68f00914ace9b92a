"""The cast of the worker's tests: two projects, a task in each, and one person of every kind."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from annex.contract.enums import DatasetRole, LoginOutcome, Role, TaskRecipe, TaskState
from django.test import Client

from worker.people.actions import Decider, approve_subject
from worker.people.models import Subject
from worker.people.scripts.tokens import make_script_token
from worker.people.sessions import COOKIE, open_session
from worker.projects.models import Label, Person, Project, Task, TaskAnnotator
from worker.store.hashes import fold_key, input_hash
from worker.store.models import Asset, Dataset, Example, ImportRun

TESTS = Decider("tests")


@dataclass
class Stage:
    """One project with a data asset, a main and an evaluation dataset, two labels and a task."""

    project: Project
    task: Task
    labels: list[Label]
    dataset: Dataset
    evaluation: Dataset
    asset: Asset
    people: dict[str, Subject] = field(default_factory=dict)

    def person(self, name: str, role: Role, *, on_task: bool = False) -> Subject:
        """Add an approved person to the project."""
        subject_id = uuid.uuid4()
        Person.objects.create(project=self.project, subject=subject_id, name=name, role=role.value)
        if on_task:
            TaskAnnotator.objects.create(task=self.task, subject=subject_id)
        self.people[name] = approve_subject(subject_id, name=name, role=role, by=TESTS)
        return self.people[name]

    def examples(self, texts: list[str], *, held_back: bool = False) -> list[Example]:
        """Bring texts in as a finished import would; the queue is filled by the caller."""
        dataset = self.evaluation if held_back else self.dataset
        run = ImportRun.objects.create(asset=self.asset, job=uuid.uuid4(), state="visible")
        rows = [
            Example(
                dataset=dataset,
                import_run=run,
                text=text,
                input_hash=input_hash(text),
                fold_key=fold_key(text),
                meta={},
            )
            for text in texts
        ]
        return Example.objects.bulk_create(rows, batch_size=5000)


def make_stage(title: str = "Parts", *, overlap: int = 1, share: float = 0.0) -> Stage:
    """Make one project with everything an annotator needs but people and examples."""
    project = Project.objects.create(id=uuid.uuid4(), title=title, version=1)
    labels = [
        Label.objects.create(
            id=uuid.uuid4(), project=project, name=name, colour="#1f6f5c", key=key, position=n
        )
        for n, (name, key) in enumerate([("FIELD", "1"), ("VALUE", "2")])
    ]
    dataset, evaluation = (
        Dataset.objects.create(id=uuid.uuid4(), project_id=project.id, name=role, role=role)
        for role in (DatasetRole.TRAINING.value, DatasetRole.EVALUATION.value)
    )
    task = Task.objects.create(
        id=uuid.uuid4(),
        project=project,
        title=f"{title} by hand",
        recipe=TaskRecipe.NER_MANUAL.value,
        state=TaskState.OPEN.value,
        dataset_id=dataset.id,
        evaluation_dataset_id=evaluation.id,
        evaluation_share=share,
        label_ids=[label.id for label in labels],
        overlap=overlap,
    )
    asset = Asset.objects.create(id=uuid.uuid4(), project_id=project.id, name="data", kind="data")
    return Stage(project, task, labels, dataset, evaluation, asset)


def script_of(subject: Subject, laptop: str = "laptop") -> Client:
    """Return a client with a script token, as the person's laptop would have fetched it."""
    outcome = LoginOutcome.ADMITTED
    _, secret = make_script_token(subject, laptop=laptop, outcome=outcome)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def sign_in(subject: Subject, roles: dict[uuid.UUID, Role]) -> Client:
    """Return a client with a session, as the login hop would have opened it."""
    session, key = open_session(subject, {str(project): role for project, role in roles.items()})
    client = Client(headers={"X-CSRF-Token": session.csrf})
    client.cookies[COOKIE] = key
    return client
