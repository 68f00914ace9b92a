"""What the API of published packages, texts and streams takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from annex.contract.published import RecipePackage
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from worker.published.failures import FailureKind
from worker.published.models import Package, Stream

MAX_TEXT_CODEPOINTS = 100_000
MAX_SECRET_CODEPOINTS = 10_000


class WheelDetail(BaseModel):
    """One wheel of a package."""

    file_name: str
    size_bytes: int
    sha256: str


class PackageSummary(BaseModel):
    """A published package. `digest` is that of its description, once it is installed."""

    id: UUID
    name: str
    version: str
    state: Package.State
    digest: str | None
    published_by: str
    published_at: datetime
    approved_by: str | None
    approved_at: datetime | None


class PackageDetail(PackageSummary):
    """A package with its recipes, its wheels, and what installing it said."""

    description: RecipePackage | None
    wheels: list[WheelDetail]
    log: str


class PackagesDetail(BaseModel):
    """All packages of the cluster, the newest first.

    `may_approve`: the person administers the cluster, and may do so in the browser.
    """

    packages: list[PackageSummary]
    may_approve: bool


class TextBody(BaseModel):
    """Free text for an argument of a recipe. The database cannot hold U+0000."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT_CODEPOINTS, pattern=r"^[^\x00]*$")]


class TextDetail(BaseModel):
    """A text under its id, which is all that the control plane gets of it."""

    id: UUID
    text: str
    written_by: str
    written_at: datetime


class TextsDetail(BaseModel):
    """The texts of a project, the newest first.

    `console` is where the control plane's pages are, of which one takes a text's id back.
    """

    texts: list[TextDetail]
    console: str


class SecretBody(BaseModel):
    """The value of a secret. No error repeats it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    value: Annotated[SecretStr, Field(min_length=1, max_length=MAX_SECRET_CODEPOINTS)]


class SecretDetail(BaseModel):
    """That a secret has a value, and since when."""

    id: UUID
    set_at: datetime


class RecipeFailureDetail(BaseModel):
    """A failure of a recipe in full; it may quote text, and never leaves the cluster.

    `unchecked` answers were saved as they were given because of it.
    """

    ref: UUID
    task: UUID
    code: FailureKind
    title: str
    message: str
    traceback: str
    output: str
    unchecked: list[UUID]
    at: datetime


class StreamDetail(BaseModel):
    """How far a task's stream is; `refusal` says why it does not run here, if it does not."""

    task: UUID
    state: Stream.State
    refusal: str | None
    taken: int
    drawn_at: datetime | None
    failures: list[RecipeFailureDetail]
