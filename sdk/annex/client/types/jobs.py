"""Jobs and why they failed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from annex.client.types.base import Answer


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
