"""Cutting an asset's files into pieces that are read apart, in any order, by any process."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any, BinaryIO, cast

from pydantic import BaseModel

from worker.store.files import CHUNK_BYTES
from worker.store.formats.packed import unpacked
from worker.store.formats.readers import read_records, understand
from worker.store.formats.rows import Row, RowProblem
from worker.store.marks import WIDE_ENCODINGS
from worker.store.models import Asset
from worker.store.plans import FileFormat, Plan
from worker.store.sources import Source, SourceFile, file_named

PIECE_BYTES = 32 * 1024**2
CUT_FORMATS = {FileFormat.JSONL, FileFormat.TXT}
"""A CSV's line feed may stand inside quotes; other formats are not made of lines."""


class Piece(BaseModel):
    """The bytes of a file from `offset` up to `end`; None is the file's own end."""

    name: str
    offset: int = 0
    end: int | None = None


def pieces_of(source: Source, plan: Plan) -> Iterator[Piece]:
    """Yield the pieces of all files, in the order of their rows; each begins with a line."""
    for file in source.files:
        if plan.format in CUT_FORMATS and plan.encoding not in WIDE_ENCODINGS:
            yield from _cut(file)
        else:
            yield Piece(name=file.name)


def rows_of(asset: Asset, plan: Plan, piece: Piece) -> Iterator[Row | RowProblem]:
    """Yield a piece's rows and problems; lines count from its beginning.

    Raises: UnicodeError; FileUnreadable, NotFound (customer).
    """
    with closing(file_named(asset, piece.name).open()) as stream:
        for record in read_records(_part(unpacked(stream), piece), plan):
            yield record if isinstance(record, RowProblem) else understand(record, plan)


def _cut(file: SourceFile) -> Iterator[Piece]:
    with closing(file.open()) as stream:
        if unpacked(stream) is not stream:
            yield Piece(name=file.name)
            return
        size = stream.seek(0, io.SEEK_END)
        offset = 0
        while offset < size:
            stream.seek(offset + PIECE_BYTES)
            stream.readline()
            end = min(stream.tell(), size)
            yield Piece(name=file.name, offset=offset, end=end)
            offset = end


def _part(stream: BinaryIO, piece: Piece) -> BinaryIO:
    if piece.end is None:
        return stream
    return cast(BinaryIO, io.BufferedReader(_Part(stream, piece.offset, piece.end), CHUNK_BYTES))


class _Part(io.RawIOBase):
    """A stream from one byte up to another; closing it leaves the stream open."""

    def __init__(self, stream: BinaryIO, offset: int, end: int) -> None:
        super().__init__()
        stream.seek(offset)
        self._stream = stream
        self._left = end - offset

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._stream.read(min(len(buffer), self._left))
        self._left -= len(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)
