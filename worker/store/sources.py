"""The bytes behind an asset, wherever they lie: one file, or all that a pattern finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import BinaryIO

from worker.store.files import stored_files
from worker.store.formats.packed import unpacked
from worker.store.formats.readers import read_records, understand
from worker.store.formats.rows import Record, Row, RowProblem
from worker.store.globs import NoFileMatches, find_files
from worker.store.marks import BEGINNING, LINE_FORMATS, Mark, Start, Watched, mark_of
from worker.store.models import Asset
from worker.store.plans import Plan
from worker.store.roots import open_below

LINE_BITS = 40
"""Of a position within several files; what is above them counts the files before."""


@dataclass(frozen=True)
class SourceFile:
    """One file to be read. `name` is its path below the root, or empty for an asset of one file;
    `version` is empty where no listing gave it.
    """

    name: str
    open: Callable[[], BinaryIO]
    version: str = ""
    start: Start = BEGINNING


OnRead = Callable[[SourceFile, Mark], None]


@dataclass(frozen=True)
class Source:
    """An asset's files in the order in which they are read.

    The `line` of what it yields is a position: unique in the source, in its order, the line itself
    in the first file. `locate` leads back.
    """

    files: Sequence[SourceFile]

    def records(self, plan: Plan, on_read: OnRead | None = None) -> Iterator[Record | RowProblem]:
        """Yield every file's records and problems.

        Args:   on_read: told of each file, once it is read, how far that was.
        Raises: UnicodeError; FileUnreadable, NotFound (customer).
        """
        for number, file in enumerate(self.files):
            with closing(file.open()) as stream:
                content = unpacked(stream)
                can_grow = plan.format in LINE_FORMATS and content is stream
                if can_grow:
                    yield from _lines_of(file, stream, plan, number, on_read)
                else:
                    yield from _moved(read_records(content, plan), number << LINE_BITS)
            if on_read and not can_grow:
                with closing(file.open()) as again:
                    on_read(file, mark_of(again))

    def rows(self, plan: Plan, on_read: OnRead | None = None) -> Iterator[Row | RowProblem]:
        """Yield every file's rows and problems, as the plan's columns say."""
        for record in self.records(plan, on_read):
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
    return Source([_below(asset.root, file.path, file.version) for file in found])


def file_named(asset: Asset, name: str) -> SourceFile:
    """Return a file that `open_source` has found for the asset, to be opened again."""
    if asset.is_pattern:
        return _below(asset.root, name, "")
    return SourceFile("", lambda: _open_one(asset))


def _lines_of(
    file: SourceFile, stream: BinaryIO, plan: Plan, number: int, on_read: OnRead | None
) -> Iterator[Record | RowProblem]:
    watched = Watched(stream, file.start, plan)
    moved_by = (number << LINE_BITS) + watched.lines_before
    yield from _moved(read_records(watched.stream(), plan), moved_by)
    if on_read:
        on_read(file, watched.mark())


def _moved(records: Iterator[Record | RowProblem], by: int) -> Iterator[Record | RowProblem]:
    """Yield the records with their lines moved; the first file's are where they were."""
    if by == 0:
        yield from records
        return
    for record in records:
        yield replace(record, line=record.line + by)


def _open_one(asset: Asset) -> BinaryIO:
    if asset.root:
        return open_below(asset.root, asset.file_key)
    return stored_files().open(asset.file_key)


def _below(root: str, path: str, version: str) -> SourceFile:
    return SourceFile(path, lambda: open_below(root, path), version)
