"""The bytes behind an asset, wherever they lie: one file, or all that a pattern finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import BinaryIO

from worker.store.files import stored_files
from worker.store.formats.readers import read_records, understand
from worker.store.formats.rows import Record, Row, RowProblem
from worker.store.globs import NoFileMatches, find_files
from worker.store.models import Asset
from worker.store.plans import Plan
from worker.store.roots import open_below

LINE_BITS = 40
"""Of a position within several files; what is above them counts the files before."""


@dataclass(frozen=True)
class SourceFile:
    """One file to be read. `name` is its path below the root, or empty for an asset of one file."""

    name: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class Source:
    """An asset's files in the order in which they are read.

    The `line` of what it yields is a position: unique in the source, in its order, the line itself
    in the first file. `locate` leads back.
    """

    files: Sequence[SourceFile]

    def records(self, plan: Plan) -> Iterator[Record | RowProblem]:
        """Yield every file's records and problems. Raises: UnicodeError; NotFound (customer)."""
        for number, file in enumerate(self.files):
            before = number << LINE_BITS
            with closing(file.open()) as stream:
                for record in read_records(stream, plan):
                    yield replace(record, line=record.line + before) if before else record

    def rows(self, plan: Plan) -> Iterator[Row | RowProblem]:
        """Yield every file's rows and problems, as the plan's columns say."""
        for record in self.records(plan):
            yield record if isinstance(record, RowProblem) else understand(record, plan)

    def locate(self, position: int) -> tuple[str, int]:
        """Return the file's name and the line in it, from 1."""
        number, line = position >> LINE_BITS, position & ((1 << LINE_BITS) - 1)
        return self.files[number].name, line


def open_source(asset: Asset) -> Source:
    """Find an asset's files; each is opened when it is read.

    Raises: NotFound, NoFileMatches (customer) when they are gone.
    """
    if not asset.is_pattern:
        return Source([SourceFile("", lambda: _open_one(asset))])
    found = find_files(asset.root, asset.file_key)
    if not found:
        raise NoFileMatches
    return Source([_below(asset.root, file.path) for file in found])


def _open_one(asset: Asset) -> BinaryIO:
    if asset.root:
        return open_below(asset.root, asset.file_key)
    return stored_files().open(asset.file_key)


def _below(root: str, path: str) -> SourceFile:
    return SourceFile(path, lambda: open_below(root, path))
