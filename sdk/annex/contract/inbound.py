"""Everything the control plane may say to a cluster.

Names that people typed into the console may come in; code, paths, patterns and prompts may not.
"""

from __future__ import annotations

import operator
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue

from annex.contract.enums import (
    AssetKind,
    DatasetRole,
    JobRecipe,
    LabelChangeKind,
    LabelChangeStep,
    LeaseClass,
    Role,
    TaskRecipe,
    TaskState,
)
from annex.contract.leaves import (
    MAX_LABELS,
    Count,
    Digest,
    Epoch,
    Message,
    ProtocolDate,
    PublicKey,
    Ratio,
    Seconds,
    Sequence,
    Signature,
)
from annex.contract.published import PublishedRecipe
from annex.contract.recipes import PredictorRef

Name = Annotated[str, Field(min_length=1, max_length=200)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Key = Annotated[str, Field(pattern=r"^[0-9a-z]$")]

# --- commands ------------------------------------------------------------------------------------


class JobOffer(Message):
    """A job to claim; `arguments` is validated against `ARGUMENTS_OF[recipe]` before all else."""

    type: Literal["job.offer"] = "job.offer"
    job: UUID
    epoch: Epoch
    project: UUID
    recipe: JobRecipe
    arguments: dict[str, JsonValue]
    lease_class: LeaseClass


class JobCancel(Message):
    """Stop a job."""

    type: Literal["job.cancel"] = "job.cancel"
    job: UUID


class LabelSnapshot(Message):
    """One label of the scheme."""

    id: UUID
    name: Name
    colour: Colour
    key: Key | None = None
    position: Count
    retired: bool = False


class DatasetSnapshot(Message):
    """One dataset of the project."""

    id: UUID
    name: Name
    role: DatasetRole


class AssetSnapshot(Message):
    """For a data asset, the datasets its rows go to."""

    id: UUID
    name: Name
    kind: AssetKind
    dataset: UUID | None = None
    evaluation_dataset: UUID | None = None


class ModelSnapshot(Message):
    """The name that people gave a model."""

    id: UUID
    name: Name


class CombinationSnapshot(Message):
    """Rules and a model that predict as one: the model adds what overlaps no mark of the rules."""

    id: UUID
    name: Name
    rules: UUID
    model: UUID


class PersonSnapshot(Message):
    """`subject` is pairwise: the same person is another subject on another cluster."""

    subject: UUID
    name: Name
    role: Role
    simulated: bool = False


class TaskSnapshot(Message):
    """A task; `evaluation_share` of its examples are held back and come without suggestions.

    `exclusive`: in text classification, exactly one label is right.
    `unsure_first`: the model of `suggestions` decides the order: what it is least sure of, first.
    `published`: which installed recipe it runs, where `recipe` says that it is a customer's own.
    `blind`: its annotators get no suggestions and see nothing of each other. It is left out when
    false, so that a worker that does not know it yet refuses blind tasks alone.
    """

    id: UUID
    title: Name
    recipe: TaskRecipe
    published: Annotated[PublishedRecipe | None, Field(exclude_if=operator.not_)] = None
    state: TaskState
    dataset: UUID
    evaluation_dataset: UUID | None = None
    evaluation_share: Ratio = 0.33
    labels: Annotated[list[UUID], Field(max_length=512)]
    exclusive: bool = False
    blind: Annotated[bool, Field(exclude_if=operator.not_)] = False
    suggestions: PredictorRef | None = None
    unsure_first: Annotated[bool, Field(exclude_if=operator.not_)] = False
    guidelines: UUID | None = None
    overlap: Annotated[int, Field(ge=1, le=16)] = 1
    lease_seconds: Annotated[int, Field(ge=10, le=86_400)] = 900
    annotators: list[UUID]


class ConfigSnapshot(Message):
    """The whole of one project's configuration; an older `version` than the applied is ignored."""

    type: Literal["config.snapshot"] = "config.snapshot"
    project: UUID
    title: Name
    version: Count
    labels: list[LabelSnapshot]
    datasets: list[DatasetSnapshot]
    assets: list[AssetSnapshot]
    models: list[ModelSnapshot]
    combinations: Annotated[list[CombinationSnapshot], Field(exclude_if=operator.not_)] = []
    tasks: list[TaskSnapshot]
    people: list[PersonSnapshot]


class SessionRevoke(Message):
    """End a subject's sessions on the cluster; with a project, only what it may do there ends."""

    type: Literal["session.revoke"] = "session.revoke"
    subject: UUID


class ChangeLabels(Message):
    """Count, make or take back one change of the scheme in every answer of a project.

    Marks and choices of `labels` become the first of `into`, or go when it is empty. Held-back
    answers follow only with `evaluation`; with `look_again` people see the examples once more.
    """

    type: Literal["labels.change"] = "labels.change"
    change: UUID
    project: UUID
    kind: LabelChangeKind
    step: LabelChangeStep
    labels: Annotated[list[UUID], Field(min_length=1, max_length=MAX_LABELS)]
    into: Annotated[list[UUID], Field(max_length=MAX_LABELS)] = []
    evaluation: bool = False
    look_again: bool = False


class UnknownCommand(Message):
    """Stands in for a command type this worker does not know; answered `unsupported`."""

    type: Literal["unknown"] = "unknown"


CommandBody = Annotated[
    JobOffer | JobCancel | ConfigSnapshot | SessionRevoke | ChangeLabels,
    Field(discriminator="type"),
]


class Command(Message):
    """One signed command; `signature` covers the canonical JSON of all other fields."""

    cluster: UUID
    seq: Sequence
    id: UUID
    iat: Count
    exp: Count
    body: dict[str, JsonValue]
    key_id: Name
    signature: Signature


# --- answers -------------------------------------------------------------------------------------


class KeySet(Message):
    """The control plane's public keys: one signs commands, one signs people's login tokens."""

    command_key_id: Name
    command_key: PublicKey
    login_key_id: Name
    login_key: PublicKey
    root_key: PublicKey
    signature: Signature


class EnrolAnswer(Message):
    """Who the cluster is, whom it trusts from now on, and who enrolled it."""

    cluster: UUID
    organization: UUID
    fingerprint: Name
    keys: KeySet
    enrolled_by: PersonSnapshot | None = None


class SessionAnswer(Message):
    """The numbers in force; durations, never absolute times."""

    session_epoch: Epoch
    protocol: ProtocolDate
    next_event: Sequence
    poll_url: Name
    console_origin: Name
    poll_seconds: Seconds
    renew_seconds: Seconds
    lease_seconds: Seconds
    server_time: Count


class PollAnswer(Message):
    """What was waiting; empty when nothing came in time."""

    commands: list[Command]


class Grant(Message):
    """A claimed job: `epoch` fences everything written for it from here on."""

    job: UUID
    epoch: Epoch
    lease_seconds: Seconds


class RenewAnswer(Message):
    """Which leases are gone, and which jobs a person cancelled."""

    lost: list[UUID]
    cancel: list[UUID]


class Receipt(Message):
    """The control plane's signature over the ledger head it has accepted."""

    accepted_seq: Sequence
    head: Digest
    key_id: Name
    signature: Signature
