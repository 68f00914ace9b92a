"""What every reader yields and every writer takes.

The rows are not frozen: an import makes five objects a row, and a frozen one takes three times as
long to make.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

from annex.contract.enums import Verdict

from common.errors import InvalidRequest
from worker.store.plans import Plan


@dataclass(slots=True)
class NamedSpan:
    """A span as files hold it: code points, end excluded, the label by name. Not yet checked."""

    start: Any
    end: Any
    label: Any


@dataclass(slots=True)
class NamedRelation:
    """A connection of two of a row's spans, by their positions in it, the label by name."""

    head: int
    child: int
    label: str


@dataclass(slots=True)
class Row:
    """One input. `verdict` is None for an input that nobody has answered; `line` counts from 1.

    `choices` are the names of the labels chosen for the text, `spans` its marks, `relations` what
    connects these; None where the file does not say.
    """

    line: int
    text: str
    verdict: Verdict | None = None
    spans: list[NamedSpan] | None = None
    choices: list[str] | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    relations: list[NamedRelation] | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one row cannot be imported; `code` is stable, `message` is for people on the cluster.

    `file` is named where the rows come from several.
    """

    line: int
    code: str
    message: str
    file: str = ""


@dataclass(slots=True)
class Record:
    """One line or CSV record before it is understood: its cells by column."""

    line: int
    fields: Mapping[str, Any]


class Reader(Protocol):
    """Yields records and problems in file order; does not know what the columns mean."""

    def __call__(self, stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
        """Read the stream, which can seek, to its end. Raises: FileUnreadable, UnicodeError."""


class RowRefused(Exception):
    """A reader's way to say what is wrong with the row it is at."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class FileUnreadable(InvalidRequest):
    """The file as a whole is not what its format says, so nothing in it can be trusted."""

    code = "file.unreadable"
    title = "The file cannot be read"
    what_to_do = "Choose another format, or write the file again."
