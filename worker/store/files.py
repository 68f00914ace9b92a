"""Files by key: a folder. Keys are made of ids, never of names that came from data."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from common.errors import InvalidRequest, NotFound

CHUNK_BYTES = 1024 * 1024
KEY_PATTERN = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*(\.[a-z0-9]+)?")


class FileTooLarge(InvalidRequest):
    """A stream went over the number of bytes it was allowed."""

    code = "file.too_large"
    status = 413
    title = "The file is too large"
    what_to_do = "Split the file, or put it under one of the cluster's folders and pick it there."


class FileMissing(NotFound):
    """No file lies under this key."""

    code = "file.missing"
    title = "The file is no longer there"


@dataclass(frozen=True)
class Written:
    """What a stream turned out to be."""

    size_bytes: int
    sha256: str


class Files(Protocol):
    """Where uploads, exports and models lie. Keys match `KEY_PATTERN`: `exports/<uuid>.jsonl`."""

    def put(self, key: str, stream: BinaryIO, *, max_bytes: int | None = None) -> Written:
        """Store a stream whole or not at all.

        Raises: FileTooLarge (customer) after `max_bytes`.
        """

    def open(self, key: str) -> BinaryIO:
        """Open for reading. Raises: FileMissing."""

    def path(self, key: str) -> Path:
        """Return a local path to read from, until `delete`. Raises: FileMissing."""

    def delete(self, key: str) -> None:
        """Remove the file; one that is gone already is fine."""


class Folder:
    """Files below one local folder; `put` is atomic and durable. Methods are those of `Files`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, stream: BinaryIO, *, max_bytes: int | None = None) -> Written:  # noqa: D102
        target = self._place(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _partial_file(target) as partial:
            written = _copy(stream, partial, max_bytes)
        return written

    def open(self, key: str) -> BinaryIO:  # noqa: D102
        return self.path(key).open("rb")

    def path(self, key: str) -> Path:  # noqa: D102
        place = self._place(key)
        if not place.is_file():
            raise FileMissing
        return place

    def delete(self, key: str) -> None:  # noqa: D102
        self._place(key).unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        if not KEY_PATTERN.fullmatch(key):
            raise ValueError("a key is made of ids, lower case, with at most one extension")
        return self.root / key


@cache
def stored_files() -> Files:
    """Return the storage that the settings name."""
    return Folder(Path(settings.FILES_FOLDER))


@contextmanager
def _partial_file(target: Path) -> Iterator[BinaryIO]:
    """Write beside the target and move it there when all went well; leave nothing otherwise."""
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: BinaryIO, target: BinaryIO, max_bytes: int | None) -> Written:
    digest, size = sha256(), 0
    while chunk := source.read(CHUNK_BYTES):
        size += len(chunk)
        if max_bytes is not None and size > max_bytes:
            raise FileTooLarge(f"It has more than {max_bytes:,} bytes.", field="file")
        digest.update(chunk)
        target.write(chunk)
    return Written(size, digest.hexdigest())
