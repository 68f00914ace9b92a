"""Tasks, how far they are, and what suggests in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from annex.client.types.base import Answer


class PredictorRef(Answer):
    """Names a predictor."""

    kind: str
    id: UUID


class Predictor(Answer):
    """Rules, a model, or both as one."""

    kind: str
    id: UUID
    name: str


class Progress(Answer):
    """How far a task is."""

    examples: int
    answered: int
    evaluation_examples: int
    evaluation_answered: int


class Annotator(Answer):
    """What one annotator has done in a task; `member` is None for a person who has left."""

    member: UUID | None
    name: str
    simulated: bool
    accepted: int
    rejected: int
    ignored: int
    working_seconds: int


class TaskFigure(Answer):
    """A figure that a task's own recipe last reported, under a name that it declares."""

    name: str
    value: float


class TaskPackage(Answer):
    """The version of a package whose recipe a task runs."""

    name: str
    version: str


class Task(Answer):
    """An annotation task; people work on it at `cluster_url`.

    `package` and `arguments` are of a published recipe.
    """

    id: UUID
    title: str
    recipe: str
    view: str
    package: TaskPackage | None
    arguments: dict[str, Any]
    state: str
    dataset: UUID
    evaluation_dataset: UUID | None
    evaluation_share: float
    labels: list[UUID]
    exclusive: bool
    blind: bool
    unsure_first: bool
    suggestions: PredictorRef | None
    guidelines: UUID | None
    overlap: int
    lease_seconds: int
    progress: Progress
    metrics: list[TaskFigure]
    annotators: list[Annotator]
    cluster_url: str
