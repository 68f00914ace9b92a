"""One task with examples, and Ada, who is on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Role
from django.test import Client

from tests.worker.cast import Stage, make_stage, sign_in
from worker.people.models import Subject
from worker.queue.filling import fill_queue
from worker.store.spans import Span

TEXTS = ["The OutputConfig field is required.", "Set it to TRUE.", "Third.", "Fourth.", "Fifth."]


@dataclass
class Annotator:
    """Somebody on a task, with the app's calls."""

    client: Client
    stage: Stage
    subject: Subject

    def url(self, rest: str = "") -> str:
        return f"/api/tasks/{self.stage.task.id}{rest}"

    def batch(self, size: int = 5, holding: list[str] | None = None) -> dict[str, Any]:
        body = {"size": size, "holding": holding or []}
        answer = self.client.post(self.url("/batch"), body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def save(self, example: str, answer_id: UUID | None = None, **changes: Any) -> Any:
        body = {"example": example, "verdict": "accept", "spans": []} | changes
        where = self.url(f"/answers/{answer_id or uuid4()}")
        return self.client.put(where, body, content_type="application/json")

    def span(self, start: int, end: int, label: int = 0) -> Span:
        return {"start": start, "end": end, "label": str(self.stage.labels[label].id)}


def join(stage: Stage, name: str) -> Annotator:
    """Put a new annotator on the stage's task and sign them in."""
    subject = stage.person(name, Role.ANNOTATOR, on_task=True)
    return Annotator(sign_in(subject, {stage.project.id: Role.ANNOTATOR}), stage, subject)


def stage_with(texts: list[str], *, overlap: int = 1, share: float = 0.0) -> Stage:
    stage = make_stage(overlap=overlap, share=share)
    stage.examples(texts)
    fill_queue(stage.task)
    return stage


@pytest.fixture
def ada(db: None) -> Annotator:
    return join(stage_with(TEXTS), "Ada")
