"""How far a file has been read, so that what is appended later can be read from there."""

from __future__ import annotations

import io
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO, cast

from worker.store.files import CHUNK_BYTES
from worker.store.plans import Encoding, FileFormat, Plan

EDGE_BYTES = 64 * 1024
TABLE_FORMATS = {FileFormat.CSV, FileFormat.TSV}
LINE_FORMATS = {FileFormat.JSONL, FileFormat.TXT} | TABLE_FORMATS
"""Formats to which people append."""
WIDE_ENCODINGS = {Encoding.UTF_16, Encoding.UTF_16_LE, Encoding.UTF_16_BE}
"""In these, a byte that looks like a line feed need not be one."""


@dataclass(frozen=True)
class Start:
    """Where reading begins: behind `offset` bytes, which hold `lines` line feeds."""

    offset: int = 0
    lines: int = 0


BEGINNING = Start()


@dataclass(frozen=True)
class Mark:
    """How far one file was read: `size_bytes`, whose digest is `digest`.

    What is appended is read from `start`; without one, such a file is read anew.
    """

    size_bytes: int
    digest: bytes
    start: Start | None


def digest_of(stream: BinaryIO, size_bytes: int) -> bytes:
    """Return a digest of both ends of the stream's first bytes: who rewrites a file changes them,
    who appends to it does not.
    """
    digest = sha256(str(size_bytes).encode())
    for offset in (0, max(0, size_bytes - EDGE_BYTES)):
        stream.seek(offset)
        digest.update(stream.read(min(EDGE_BYTES, size_bytes - offset)))
    return digest.digest()


class Watched(io.RawIOBase):
    """A file of lines from a start on, which knows afterwards how far it was read.

    A CSV's header is given again before the rest; closing leaves the file open.
    """

    def __init__(self, source: BinaryIO, start: Start, plan: Plan) -> None:
        super().__init__()
        self._source = source
        self._header = _header_of(source) if plan.format in TABLE_FORMATS else b""
        self._lead = self._header if start.offset else b""
        self._plan = plan
        self._size = start.offset
        self._lines = start.lines
        self._offset = start.offset
        source.seek(start.offset)

    @property
    def lines_before(self) -> int:
        """How many lines of the file come before what this stream calls its first."""
        return self._lines - self._lead.count(b"\n")

    def readable(self) -> bool:  # noqa: D102
        return True

    def readinto(self, buffer: Any) -> int:
        """Give the header, then the rest as it comes."""
        if self._lead:
            chunk, self._lead = self._lead[: len(buffer)], self._lead[len(buffer) :]
        else:
            chunk = self._source.read(len(buffer))
            self._note(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def mark(self) -> Mark:
        """Return how far it was read; call it at the end."""
        start = Start(self._offset, self._lines) if self._can_be_continued() else None
        return Mark(self._size, digest_of(self._source, self._size), start)

    def stream(self) -> BinaryIO:
        """Return it with a buffer, for readers."""
        return cast(BinaryIO, io.BufferedReader(self, CHUNK_BYTES))

    def _note(self, chunk: bytes) -> None:
        last = chunk.rfind(b"\n")
        if last >= 0:
            self._offset = self._size + last + 1
            self._lines += chunk.count(b"\n")
        self._size += len(chunk)

    def _can_be_continued(self) -> bool:
        if self._plan.encoding in WIDE_ENCODINGS:
            return False
        # A line feed may stand inside quotes, unless it ends the file.
        is_table, ends_with_line = self._plan.format in TABLE_FORMATS, self._offset == self._size
        return not is_table or (ends_with_line and self._header.count(b'"') % 2 == 0)


def _header_of(source: BinaryIO) -> bytes:
    source.seek(0)
    return source.readline()


def mark_of(stream: BinaryIO) -> Mark:
    """Return the mark of a file that was read whole and cannot be continued."""
    size = stream.seek(0, io.SEEK_END)
    return Mark(size, digest_of(stream, size), None)
