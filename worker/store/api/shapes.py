"""Bodies of this edge, in and out."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from annex.contract.enums import AssetKind, AssetState, ExportFormat, Verdict
from pydantic import BaseModel, ConfigDict, Field, model_validator

from worker.store.formats.totals import Lack
from worker.store.guidelines import MAX_CODEPOINTS
from worker.store.plans import FileFormat, Plan

PathPattern = Annotated[str, Field(min_length=1, max_length=1024)]


class Body(BaseModel):
    """A request's body; an unknown field is an error."""

    model_config = ConfigDict(extra="forbid")


class AssetFile(BaseModel):
    """`rows` is null until the file has been confirmed; of many `files` the name is the pattern.

    `root` is null for an upload.
    """

    name: str
    root: str | None
    files: int
    size_bytes: int
    rows: int | None
    format: FileFormat | None


class ImportState(StrEnum):
    """How the last import of an asset's present file stands."""

    RUNNING = "running"
    VISIBLE = "visible"
    REFUSED = "refused"


class AssetDetail(BaseModel):
    """`plan` is a guess until the asset is ready; `max_hold_back` is in rows. `import_state` is
    null until an import of the file has begun.
    """

    id: UUID
    name: str
    kind: AssetKind
    state: AssetState
    version: int
    project: UUID
    file: AssetFile | None
    plan: Plan | None
    hold_back: int
    max_hold_back: int | None
    roots: list[str]
    problems_count: int
    import_state: ImportState | None


class RootEntry(BaseModel):
    """`path` is relative to the root and is what `pick` takes; `size_bytes` is null for folders."""

    name: str
    path: str
    is_folder: bool
    size_bytes: int | None


class Listing(BaseModel):
    """One folder below a root, folders first; `is_cut` when it holds more than are listed."""

    root: str
    path: str
    entries: list[RootEntry]
    is_cut: bool


class PickBody(Body):
    """Either a `path` as the listing gave it, or a `pattern` of many files."""

    root: str
    path: Annotated[str, Field(min_length=1, max_length=4096)] | None = None
    pattern: PathPattern | None = None

    @model_validator(mode="after")
    def _names_one(self) -> PickBody:
        if (self.path is None) == (self.pattern is None):
            raise ValueError("either path or pattern is needed")
        return self


class Match(BaseModel):
    """One file that a pattern finds; `path` is relative to the root."""

    path: str
    size_bytes: int


class Matches(BaseModel):
    """What a pattern finds below a root; `first` are the first of the files, in import order."""

    root: str
    pattern: str
    files: int
    size_bytes: int
    first: list[Match]


class PreviewBody(Body):
    """A plan to try."""

    plan: Plan


class GrowthDetail(BaseModel):
    """What has become of the files since the last import: `rows` and `size_bytes` are what is new,
    in `new_files` and in those that grew. Of what was rewritten, the first files are named.
    """

    rows: int
    size_bytes: int
    new_files: int
    grown_files: int
    rewritten_files: int
    rewritten: list[str]


class ImportAgainBody(Body):
    """`whole` reads everything again; what the dataset has already is left out."""

    whole: bool = False


class ConfirmBody(Body):
    """The plan to import under; `hold_back` counts inputs for evaluation."""

    plan: Plan
    hold_back: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class PreviewSpan(BaseModel):
    """As the file has it, so perhaps wrong."""

    start: Any
    end: Any
    label: str


class PreviewLine(BaseModel):
    """One record: its cells as they stand, what the plan makes of them, and a problem's code."""

    file: str
    line: int
    cells: dict[str, str]
    text: str | None
    spans: list[PreviewSpan]
    choices: list[str]
    answer: Verdict | None
    problem: str | None


class LabelFound(BaseModel):
    """A label's name in the scanned rows, and whether the scheme has it."""

    name: str
    count: int
    registered: bool


class BadRowDetail(BaseModel):
    """A bad row: 1-based line, stable code, a sentence; `file` is empty where there is but one."""

    file: str
    line: int
    code: str
    message: str


class ProblemsFound(BaseModel):
    """How many of the scanned rows have a problem of this kind."""

    code: str
    count: int


class PreviewDetail(BaseModel):
    """`scanned_rows` were searched for labels and problems; `total_rows` is null if more follow."""

    columns: list[str]
    rows: list[PreviewLine]
    labels_found: list[LabelFound]
    problems: list[BadRowDetail]
    problems_found: list[ProblemsFound]
    format: FileFormat
    scanned_rows: int
    total_rows: int | None


class BadRowsDetail(BaseModel):
    """The bad rows of the last import: the first thousand listed, all of them counted."""

    total: int
    listed: list[BadRowDetail]


class PatternsBody(Body):
    """Either the patterns or the text of a JSONL file."""

    patterns: list[dict[str, Any]] | None = None
    text: Annotated[str, Field(max_length=4_000_000)] | None = None


class PatternsDetail(BaseModel):
    """The patterns, the same as the text of a JSONL file, and the label names they may use."""

    patterns: list[dict[str, Any]]
    text: str
    version: int
    labels: list[str]


class GuidelinesBody(Body):
    """The whole text."""

    markdown: Annotated[str, Field(max_length=MAX_CODEPOINTS)]


class GuidelinesDetail(BaseModel):
    """The present text and its version, 0 before the first."""

    markdown: str
    version: int


class ExportLack(BaseModel):
    """What the format could not hold: whole answers or parts of them, and how some texts begin."""

    lack: Lack
    leaves_out: bool
    count: int
    texts: list[str]


class ExportDetail(BaseModel):
    """`not_expressible` counts answers that the format cannot hold.

    What a published job gave has no format; `examples` then counts its files.
    """

    format: ExportFormat | None
    examples: int
    not_expressible: int
    file_name: str
    size_bytes: int
    lacking: list[ExportLack] = []
