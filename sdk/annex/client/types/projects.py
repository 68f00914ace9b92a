"""Projects with what they hold: labels, data, secrets by name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from annex.client.types.base import Answer


class Counts(Answer):
    """What a project holds."""

    examples: int
    answered: int
    models: int


class Setup(Answer):
    """What of the guided first run is done."""

    data: bool
    labels: bool
    held_back: bool
    people: bool
    target: bool
    suggestions: bool
    model: bool


class Project(Answer):
    """A project; `target_f` are points of 100."""

    id: UUID
    title: str
    cluster: UUID
    created_at: datetime
    target_f: float | None = None
    counts: Counts
    setup: Setup


class ProjectMember(Answer):
    """A person who was added to a project; `member` is the id of their membership."""

    id: UUID
    member: UUID
    name: str
    role: str
    simulated: bool


class Label(Answer):
    """A label of the scheme."""

    id: UUID | None = None
    name: str
    colour: str | None = None
    key: str | None = None
    position: int = 0
    retired: bool = False


class Scheme(Answer):
    """The label scheme, in order; definitions are written at `cluster_url`."""

    version: int = 0
    labels: list[Label]
    cluster_url: str


class LabelChange(Answer):
    """A merge, split or deletion of labels; counts are None until the cluster reported them."""

    id: UUID
    kind: str
    state: str
    labels: list[UUID]
    into: list[UUID]
    new_names: list[str]
    evaluation: bool
    look_again: bool
    answers: int | None
    evaluation_answers: int | None
    looks: int
    not_restored: int
    cluster_state: str
    created_by: str
    created_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None


class Asset(Answer):
    """An asset: its name and counts. Its bytes lie on the cluster, behind `cluster_url`."""

    id: UUID
    name: str
    kind: str
    state: str
    version: int
    rows: int | None
    size_bytes: int
    hold_back: int
    cluster_url: str
    dataset: UUID | None
    evaluation_dataset: UUID | None


class Dataset(Answer):
    """A dataset: its name and counts."""

    id: UUID
    name: str
    role: str
    examples: int
    accepted: int
    rejected: int
    ignored: int


class Secret(Answer):
    """The name of a secret; its value lies on the cluster, where nobody reads it back."""

    id: UUID
    name: str
