"""Files up and down, in pieces. A download is a file of its name only when it is whole."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import httpx

from annex.client.cluster_types import SavedFile
from annex.errors import BadInput, Unreachable

CHUNK_BYTES = 1024 * 1024
OnBytes = Callable[[int], None]
"""Told how many bytes have just passed."""
SHA_256 = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")


class TransferCut(Unreachable):
    """The bytes that arrived are not those that were sent."""

    code = "client.transfer_cut"
    title = "The file did not arrive whole"
    what_to_do = "Try again; nothing of it was kept."


class WatchedFile(io.BufferedIOBase):
    """A file that tells how much of it has been read."""

    def __init__(self, source: BinaryIO, on_bytes: OnBytes) -> None:
        self._source = source
        self._on_bytes = on_bytes

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes."""
        chunk = self._source.read(-1 if size is None else size)
        self._on_bytes(len(chunk))
        return chunk

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move, as files do."""
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self._source.tell()

    def fileno(self) -> int:
        """Return the file's number, by which its size is found."""
        return self._source.fileno()


def place_for(target: Path, file_name: str, *, overwrite: bool) -> Path:
    """Return where a download is to lie: the target, or below it when that is a folder.

    Raises: BadInput when something lies there already, or the cluster's name for it is no name.
    """
    place = target / plain_name(file_name) if target.is_dir() else target
    if place.exists() and not overwrite:
        raise BadInput(f"{place} is there already.", what_to_do="Choose another place.")
    if not place.parent.is_dir():
        raise BadInput(f"{place.parent} is no folder.", what_to_do="Make it first.")
    return place


def plain_name(file_name: str) -> str:
    """Return the last part of a name that another machine chose. Raises: BadInput."""
    name = PurePosixPath(file_name.replace("\\", "/")).name
    if name in {"", ".", ".."} or not name.isprintable():
        raise BadInput(
            "The cluster has no usable name for the file.", what_to_do="Name a file yourself."
        )
    return name


def save(
    response: httpx.Response, place: Path, *, size_bytes: int, on_bytes: OnBytes | None = None
) -> SavedFile:
    """Write a streamed answer beside its place and move it there when it is whole.

    Raises:  TransferCut, with nothing kept, unless size and digest are those announced.
    Effects: `<place>.part` while it runs; what an earlier run left there is written over.
    """
    part = place.with_name(place.name + ".part")
    try:
        saved = _write(response, part, on_bytes or _ignore)
        _check(saved, size_bytes, response.headers.get("Repr-Digest", ""))
        part.replace(place)
    except httpx.TransportError as error:
        raise TransferCut(f"{type(error).__name__}: {error}".rstrip(": ")) from error
    finally:
        part.unlink(missing_ok=True)
    return SavedFile(place, saved.size_bytes, saved.sha256)


def _write(response: httpx.Response, part: Path, on_bytes: OnBytes) -> SavedFile:
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as file:
        for chunk in response.iter_bytes(CHUNK_BYTES):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            on_bytes(len(chunk))
    return SavedFile(part, size, digest.hexdigest())


def _check(saved: SavedFile, size_bytes: int, announced: str) -> None:
    if saved.size_bytes != size_bytes:
        raise TransferCut(f"{saved.size_bytes:,} of {size_bytes:,} bytes arrived.")
    found = SHA_256.search(announced)
    if found and base64.b64decode(found[1]).hex() != saved.sha256:
        raise TransferCut("Its SHA-256 is not the one that the cluster announced.")


@contextlib.contextmanager
def opened(path: Path, on_bytes: OnBytes | None) -> Iterator[WatchedFile]:
    """Open a file to be sent. Raises: BadInput when it cannot be read."""
    try:
        source = path.open("rb")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    with source:
        yield WatchedFile(source, on_bytes or _ignore)


def _ignore(size: int) -> None:
    """Tell nobody."""
