"""Files by key, in a folder or in a bucket. Keys are made of ids, never of names from data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from common.errors import AnnexError, Family, InvalidRequest, NotFound, Unavailable
from common.places import Place

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


class FileChanged(Unavailable):
    """Somebody wrote the file anew while it was being read."""

    code = "file.changed"
    title = "The file was changed while it was being read"
    what_to_do = "Try again once nobody writes to it."


class StorageUnreachable(Unavailable):
    """The server of a bucket does not answer, or answers that it cannot at the moment."""

    code = "storage.unreachable"
    title = "The storage does not answer"
    what_to_do = "Try again in a minute; if it stays so, ask the cluster's administrator."


class StorageRefused(AnnexError):
    """The bucket is not there, or its server does not accept the cluster's credentials."""

    code = "storage.refused"
    family = Family.CUSTOMER
    status = 503
    title = "The storage refuses this cluster"
    what_to_do = "The cluster's administrator must check the bucket's name, key and policy."


@dataclass(frozen=True)
class Written:
    """What a stream turned out to be."""

    size_bytes: int
    sha256: str


class Files(Protocol):
    """Where uploads, exports and models lie. Keys match `KEY_PATTERN`: `exports/<uuid>.jsonl`.

    Every method of a bucket may raise StorageUnreachable (transient) or StorageRefused (customer).
    """

    def put(self, key: str, stream: BinaryIO, *, max_bytes: int | None = None) -> Written:
        """Store a stream whole or not at all.

        Raises: FileTooLarge (customer) after `max_bytes`.
        """

    def open(self, key: str) -> BinaryIO:
        """Open for reading; the stream can seek. Raises: FileMissing."""

    def path(self, key: str) -> Path:
        """Return a local path to be opened now. Raises: FileMissing."""

    def delete(self, key: str) -> None:
        """Remove the file; one that is gone already is fine."""


def stored_files() -> Files:
    """Return the storage that the settings name."""
    return storage_at(settings.FILES)


def storage_at(place: Place) -> Files:
    """Return the storage that keeps its files in a folder or below a bucket's prefix."""
    if isinstance(place, Path):
        from worker.store.folder import Folder

        return Folder(place)
    from worker.store.bucket import Bucket
    from worker.store.copies import LocalCopies
    from worker.store.s3 import s3_client

    copies = LocalCopies(Path(settings.LOCAL_FOLDER) / "copies", settings.COPIES_BYTES)
    return Bucket(s3_client(), place, copies)


def check_key(key: str) -> None:
    """Raise ValueError unless the key is one of ours."""
    if not KEY_PATTERN.fullmatch(key):
        raise ValueError("a key is made of ids, lower case, with at most one extension")


class Measured:
    """A stream that counts and digests what is read from it, and ends it at a limit."""

    def __init__(self, source: BinaryIO, max_bytes: int | None) -> None:
        self._source = source
        self._max_bytes = max_bytes
        self._digest = sha256()
        self._size = 0

    def read(self, size: int = CHUNK_BYTES) -> bytes:
        """Return `size` bytes, fewer only at the end, which is how boto3 tells it.

        Raises: FileTooLarge (customer).
        """
        chunk = self._read_all(size)
        self._size += len(chunk)
        if self._max_bytes is not None and self._size > self._max_bytes:
            raise FileTooLarge(f"It has more than {self._max_bytes:,} bytes.", field="file")
        self._digest.update(chunk)
        return chunk

    def _read_all(self, size: int) -> bytes:
        chunk = self._source.read(size)
        while 0 < len(chunk) < size and (more := self._source.read(size - len(chunk))):
            chunk += more
        return chunk

    @property
    def written(self) -> Written:
        """What has been read so far."""
        return Written(self._size, self._digest.hexdigest())
