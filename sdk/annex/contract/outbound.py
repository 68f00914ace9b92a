"""Everything a cluster may say to the control plane.

No `str` but the pattern-bound leaves of `annex.contract.leaves`, no dict, no Any, no list
without a bound.
`OUTBOUND` is the registry that the schema walk and the egress manifest read.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from annex.contract.enums import (
    AssetKind,
    AssetState,
    CommandOutcome,
    Component,
    DatasetRole,
    FailureCode,
    JobRecipe,
    JobState,
    LabelChangeStep,
    LoginOutcome,
    Stage,
)
from annex.contract.leaves import (
    Count,
    Digest,
    Epoch,
    JoinToken,
    Message,
    ProtocolDate,
    PublicKey,
    Rate,
    SemanticVersion,
    Sequence,
    Signature,
    Slug,
    Timestamp,
)
from annex.contract.scores import EvaluationsCompared, EvaluationScored

MAX_EVENTS_PER_BATCH = 200
MAX_BATCH_BYTES = 256 * 1024
MAX_HELD_JOBS = 256
MAX_METRICS = 8
"""That a recipe may declare."""
MAX_FIGURES = 4
"""At a time: as many as tell less than 64 bits, with the minute in which they are told."""


# --- events: facts about the cluster's own state, in order, through the outbox ------------------


class JobStateChanged(Message):
    """An attempt has entered a state."""

    type: Literal["job.state"] = "job.state"
    job: UUID
    job_epoch: Epoch
    state: JobState


class JobProgressed(Message):
    """How far a job is: `done` of `total` units of its current stage; no total while unknown."""

    type: Literal["job.progress"] = "job.progress"
    job: UUID
    job_epoch: Epoch
    stage: Stage
    done: Count
    total: Count | None = None


class JobFailed(Message):
    """Sent just before `job.state failed`; `affected` counts refused inputs where they are why."""

    type: Literal["job.failed"] = "job.failed"
    job: UUID
    job_epoch: Epoch
    code: FailureCode
    stage: Stage
    ref: UUID
    affected: Count | None = None


class AssetChanged(Message):
    """An asset's bytes on the cluster; `root` is null for an upload."""

    type: Literal["asset.changed"] = "asset.changed"
    asset: UUID
    kind: AssetKind
    state: AssetState
    version: Count
    root: Slug | None = None
    rows: Count | None = None
    size_bytes: Count
    hold_back: Count = 0


class DatasetChanged(Message):
    """Totals of one dataset; `unregistered` counts spans whose label nobody registered.

    `scheme` is the keyed digest of the label changes its answers have followed; null: none.
    """

    type: Literal["dataset.changed"] = "dataset.changed"
    dataset: UUID
    role: DatasetRole
    examples: Count
    accepted: Count
    rejected: Count
    ignored: Count
    unregistered: Count = 0
    scheme: Digest | None = None


class TaskProgressed(Message):
    """How far a task is; latest wins."""

    type: Literal["task.progress"] = "task.progress"
    task: UUID
    examples: Count
    answered: Count
    evaluation_examples: Count = 0
    evaluation_answered: Count = 0


class TaskFigure(Message):
    """One figure of a recipe: which of those that it declares, and three digits of how much."""

    metric: Annotated[int, Field(ge=0, le=MAX_METRICS - 1)]
    value: Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]


class TaskMeasured(Message):
    """What a customer's own recipe says of its task; at most once an hour for each task."""

    type: Literal["task.measured"] = "task.measured"
    task: UUID
    figures: Annotated[list[TaskFigure], Field(min_length=1, max_length=MAX_FIGURES)]


class AnnotatorProgressed(Message):
    """What one annotator has answered in a task; latest wins."""

    type: Literal["annotator.progress"] = "annotator.progress"
    task: UUID
    annotator: UUID
    accepted: Count
    rejected: Count
    ignored: Count
    working_seconds: Count


class ModelTrained(Message):
    """A model exists on the cluster; `snapshot` is the keyed digest of its training answers."""

    type: Literal["model.trained"] = "model.trained"
    job: UUID
    job_epoch: Epoch
    model: UUID
    component: Component
    training_examples: Count
    size_bytes: Count
    seed: Count
    snapshot: Digest
    seconds: Rate


class ModelPackaged(Message):
    """An installable wheel of a model is ready for download, on the cluster."""

    type: Literal["model.packaged"] = "model.packaged"
    job: UUID
    job_epoch: Epoch
    model: UUID
    size_bytes: Count


class ExportWritten(Message):
    """A file is ready on the cluster; `not_expressible` counts what its format could not hold."""

    type: Literal["export.written"] = "export.written"
    job: UUID
    job_epoch: Epoch
    examples: Count
    size_bytes: Count
    not_expressible: Count = 0


class LabelsChanged(Message):
    """A label change was counted, made or taken back; `answers` are those it touches.

    `evaluation_answers` are held back: touched only if the change says so. `look_again` counts
    examples put before people once more. `not_restored`: answers edited since, which keep the edit.
    """

    type: Literal["labels.changed"] = "labels.changed"
    change: UUID
    step: LabelChangeStep
    answers: Count
    evaluation_answers: Count
    look_again: Count = 0
    not_restored: Count = 0


class ClusterHealth(Message):
    """How the worker is; latest wins."""

    type: Literal["cluster.health"] = "cluster.health"
    version: SemanticVersion
    free_slots: Count
    running_jobs: Count
    outbox_events: Count
    ledger_rows: Count


class LoginAudited(Message):
    """How a login on the cluster ended."""

    type: Literal["login.audit"] = "login.audit"
    subject: UUID
    outcome: LoginOutcome


class CommandAnswered(Message):
    """What became of a command; `ref` leads to details on the cluster."""

    type: Literal["command.answered"] = "command.answered"
    command: UUID
    outcome: CommandOutcome
    ref: UUID | None = None


EventBody = Annotated[
    JobStateChanged
    | JobProgressed
    | JobFailed
    | AssetChanged
    | DatasetChanged
    | TaskProgressed
    | TaskMeasured
    | AnnotatorProgressed
    | EvaluationScored
    | EvaluationsCompared
    | ModelTrained
    | ModelPackaged
    | ExportWritten
    | LabelsChanged
    | ClusterHealth
    | LoginAudited
    | CommandAnswered,
    Field(discriminator="type"),
]


class Event(Message):
    """One outbox row on the wire; `seq` is gapless per cluster."""

    seq: Sequence
    at: Timestamp
    body: EventBody


# --- requests: what the link posts ---------------------------------------------------------------


class EnrolRequest(Message):
    """`proof` signs `annex-enrol.v1|<token digest>|<public key>` with the new key."""

    join_token: JoinToken
    public_key: PublicKey
    proof: Signature
    protocols: Annotated[list[ProtocolDate], Field(min_length=1, max_length=8)]
    recipes: Annotated[list[JobRecipe], Field(max_length=64)]
    worker_version: SemanticVersion


class SessionRequest(Message):
    """Open the one active session; `session_epoch` is the last one this link held (0 at first)."""

    session_epoch: Epoch
    protocols: Annotated[list[ProtocolDate], Field(min_length=1, max_length=8)]
    recipes: Annotated[list[JobRecipe], Field(max_length=64)]
    worker_version: SemanticVersion
    next_event: Sequence


class HeldJob(Message):
    """A lease that the cluster believes it holds."""

    job: UUID
    job_epoch: Epoch


class PollRequest(Message):
    """Ask for commands after `after`; the answer waits up to `wait_seconds` for one."""

    after: Sequence
    wait_seconds: Annotated[int, Field(ge=0, le=30)]
    free_slots: Annotated[int, Field(ge=0, le=MAX_HELD_JOBS)]


class ClaimRequest(Message):
    """Compare-and-swap: granted while the job carries `epoch`; the grant carries `epoch + 1`."""

    epoch: Epoch


class RenewRequest(Message):
    """Keep every lease the cluster holds."""

    held: Annotated[list[HeldJob], Field(max_length=MAX_HELD_JOBS)]


class EventBatch(Message):
    """`prev_hash` is the ledger head before this batch, so that repeats and rewrites show."""

    session_epoch: Epoch
    first_seq: Sequence
    prev_hash: Digest
    events: Annotated[list[Event], Field(min_length=1, max_length=MAX_EVENTS_PER_BATCH)]


EVENTS: tuple[type[Message], ...] = (
    JobStateChanged,
    JobProgressed,
    JobFailed,
    AssetChanged,
    DatasetChanged,
    TaskProgressed,
    TaskMeasured,
    AnnotatorProgressed,
    EvaluationScored,
    EvaluationsCompared,
    ModelTrained,
    ModelPackaged,
    ExportWritten,
    LabelsChanged,
    ClusterHealth,
    LoginAudited,
    CommandAnswered,
)
REQUESTS: tuple[type[Message], ...] = (
    EnrolRequest,
    SessionRequest,
    PollRequest,
    ClaimRequest,
    RenewRequest,
    EventBatch,
)
OUTBOUND: tuple[type[Message], ...] = EVENTS + REQUESTS
