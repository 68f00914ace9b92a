"""What a cluster answers. A field that a newer worker adds is ignored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from annex.client.types import Answer


class DeviceLogin(Answer):
    """A login that waits: show `user_code`, have `verification_url` opened in a browser."""

    device_code: str
    user_code: str
    verification_url: str
    interval_seconds: int
    expires_in_seconds: int


class ScriptLogin(Answer):
    """A login that was let in; the cluster tells `token` once."""

    token: str
    subject: UUID
    name: str
    expires_at: datetime


class ScriptOwner(Answer):
    """Whose script a token is, and until when."""

    subject: UUID
    name: str
    laptop: str
    expires_at: datetime


class Polled(Answer):
    """What became of a login so far; the rest is None while nobody has decided."""

    state: str
    token: str | None = None
    subject: UUID | None = None
    name: str | None = None
    expires_at: datetime | None = None


class AssetFile(Answer):
    """The file behind an asset; `rows` is None until the asset is confirmed."""

    name: str
    size_bytes: int
    rows: int | None


class ClusterAsset(Answer):
    """An asset with what only the cluster knows; `plan` is how its file is to be read."""

    id: UUID
    name: str
    kind: str
    state: str
    version: int
    project: UUID
    file: AssetFile | None
    plan: dict[str, Any] | None
    hold_back: int
    problems_count: int


class ExportInfo(Answer):
    """A finished export; `not_expressible` counts answers that its format cannot hold.

    What a published job gave has no format; `examples` then counts its files.
    """

    format: str | None
    examples: int
    not_expressible: int
    file_name: str
    size_bytes: int


class Wheel(Answer):
    """An installable file."""

    file_name: str
    size_bytes: int
    sha256: str


class ModelInfo(Answer):
    """A trained model; `wheel` is None until it has been packaged."""

    id: UUID
    name: str
    project: UUID
    component: str
    labels: list[str]
    training_examples: int
    size_bytes: int
    trained_at: datetime
    wheel: Wheel | None


class FailureLog(Answer):
    """A failure in full; `message` and `traceback` may quote text."""

    ref: UUID
    job: UUID
    project: UUID
    recipe: str
    code: str
    stage: str
    message: str
    traceback: str
    at: datetime


class AttemptLog(Answer):
    """One try at a job; `done` and `total` are in the recipe's own unit."""

    epoch: int
    state: str
    stage: str
    done: int
    total: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    failures: list[FailureLog]


class JobLog(Answer):
    """Every try at a job on the cluster, the first one first."""

    job: UUID
    project: UUID
    recipe: str
    attempts: list[AttemptLog]


@dataclass(frozen=True)
class SavedFile:
    """A file that was downloaded whole, as its bytes turned out to be."""

    path: Path
    size_bytes: int
    sha256: str
