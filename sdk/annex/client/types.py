"""What the API answers, noun by noun.

Immutable; a field that a newer server adds is ignored. Vocabularies such as states and roles are
strings, equal to the members of `annex.contract.enums`, so that a new member breaks no script. A
test compares each class with the OpenAPI document, field by field.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


class Answer(BaseModel):
    """Base of every answer."""

    model_config = ConfigDict(frozen=True, extra="ignore", protected_namespaces=())


class Page(Answer, Generic[T]):
    """One page of a list; `next` is the address of the following one."""

    results: list[T]
    next: str | None = None


class Organization(Answer):
    """An organization."""

    id: UUID
    slug: str
    name: str


class MyMembership(Answer):
    """One's place in one organization."""

    organization: Organization
    role: str


class Me(Answer):
    """Whoever the token acts for; `memberships` is the token's one organization."""

    id: UUID
    email: str
    name: str
    memberships: list[MyMembership]


class Member(Answer):
    """A person in the organization."""

    id: UUID
    name: str
    email: str
    role: str
    joined_at: datetime
    simulated: bool


class Invitation(Answer):
    """An invitation that is still open."""

    id: UUID
    email: str
    role: str
    invited_by: str
    expires_at: datetime
    state: str


class Token(Answer):
    """An API token, without its secret."""

    id: UUID
    name: str
    role: str
    prefix: str
    last_used_at: datetime | None
    expires_at: datetime | None = None


class NewToken(Token):
    """A token that was just made; nobody can read `secret` again."""

    secret: str


class Health(Answer):
    """The last health report of a cluster."""

    free_slots: int
    running_jobs: int
    outbox_events: int
    ledger_rows: int


class Cluster(Answer):
    """A cluster."""

    id: UUID
    name: str
    slug: str
    origin: str
    state: str
    fingerprint: str | None
    worker_version: str | None
    last_seen_at: datetime | None
    health: Health | None


class JoinToken(Answer):
    """A one-time secret, and the line to paste on the cluster."""

    join_token: str
    expires_at: datetime
    command: str


class Audit(Answer):
    """One act; `actor` is None for what a cluster did."""

    id: UUID
    at: datetime
    actor: str | None
    verb: str
    noun: str
    noun_id: UUID | None


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


class JobProgress(Answer):
    """How far the current stage of a job is; `total` is None while it is not known."""

    stage: str
    done: int
    total: int | None


class JobFailure(Answer):
    """Why a job failed; details are at `cluster_url`, on the cluster."""

    code: str
    stage: str
    ref: UUID | None
    family: str
    title: str
    what_to_do: str
    affected: int | None
    cluster_url: str | None


class Job(Answer):
    """A job as its cluster last reported it."""

    id: UUID
    recipe: str
    title: str
    state: str
    arguments: dict[str, Any]
    epoch: int
    progress: JobProgress | None
    failure: JobFailure | None
    created_by: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    silent: bool
    outputs: dict[str, Any]


class Model(Answer):
    """A trained model; numbers are None until it is. Its wheel lies at `cluster_url`."""

    id: UUID
    name: str
    component: str
    training_examples: int | None
    size_bytes: int | None
    seed: int
    trained_at: datetime | None
    seconds: float | None
    packaged: bool
    job: UUID | None
    cluster_url: str


class LabelScores(Answer):
    """Scores of one label, points of 100; None where too few marks stand behind them."""

    label: UUID
    name: str
    precision: float | None
    recall: float | None
    f: float | None
    support: int | None
    suppressed: bool


class Evaluation(Answer):
    """A predictor measured on a dataset; scores are points of 100."""

    id: UUID
    predictor: Predictor
    component: str
    dataset: UUID
    training_examples: int | None
    evaluation_examples: int | None
    precision: float | None
    recall: float | None
    f: float | None
    per_label: list[LabelScores]
    words_per_second: float | None
    size_bytes: int | None
    fraction: float | None
    outdated: bool
    state: str
    finished_at: datetime | None
    cluster_url: str


class BoardRow(Evaluation):
    """A row of the board; `low` and `high` are the 95 % interval of `f`."""

    kind: str
    sentence: str
    ahead: bool
    low: float
    high: float


class CurvePoint(Answer):
    """A point of the learning curve."""

    examples: int
    f: float
    low: float
    high: float


class Baseline(Answer):
    """The best rules."""

    name: str
    f: float


class BoardSet(Answer):
    """A held-back dataset on which something was measured."""

    dataset: UUID
    name: str
    examples: int
    sentence: str


class Board(Answer):
    """A project's predictors compared on one held-back dataset."""

    dataset: UUID | None = None
    measures: str
    also_measures: list[str]
    evaluation_examples: int | None
    sentence: str
    rows: list[BoardRow]
    curve: list[CurvePoint]
    baseline: Baseline | None
    passes_at: int | None
    target_f: float | None
    sets: list[BoardSet]


class NewDeviceLogin(Answer):
    """A login that waits for a person, who types `user_code` at `verification_url`."""

    device_code: str
    user_code: str
    verification_url: str
    interval_seconds: int
    expires_in_seconds: int


class DeviceToken(Answer):
    """`state` is `waiting` or `approved`; then the token, and the organization it acts in."""

    state: str
    token: NewToken | None
    organization: Organization | None
