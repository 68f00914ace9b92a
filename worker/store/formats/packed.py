"""Files that are packed with gzip, known by their first bytes."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from worker.store.formats.rows import FileUnreadable

MAGIC = b"\x1f\x8b"
MAX_RATIO = 100
"""Text packs to a tenth, very uniform text to a thirtieth; beyond this it is not text."""
FREE_BYTES = 64 * 1024 * 1024
"""Below this size, unpacked, nobody asks for the ratio."""
BUFFER_BYTES = 256 * 1024


def unpacked(stream: BinaryIO) -> BinaryIO:
    """Return the stream, or what it packs; it stands at its start and can seek."""
    is_packed = stream.read(len(MAGIC)) == MAGIC
    stream.seek(0)
    return (
        cast(BinaryIO, io.BufferedReader(_Unpacked(stream), BUFFER_BYTES)) if is_packed else stream
    )


class _Unpacked(io.RawIOBase):
    """Raises FileUnreadable in place of gzip's own errors, and for a bomb."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed = packed
        self._gzip = gzip.GzipFile(fileobj=packed, mode="rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with _refusals():
            if whence == io.SEEK_END:
                # The size of what is packed is only known at its end.
                while self.read(BUFFER_BYTES):
                    pass
                return self._gzip.seek(self._gzip.tell() + offset)
            return self._gzip.seek(offset, whence)

    def tell(self) -> int:
        return self._gzip.tell()

    def readinto(self, buffer: Any) -> int:
        with _refusals():
            count = self._gzip.readinto(buffer)
        if self.tell() > max(FREE_BYTES, MAX_RATIO * self._packed.tell()):
            raise FileUnreadable(f"It unpacks to more than {MAX_RATIO} times its size.")
        return count


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise FileUnreadable("It is packed with gzip, but damaged or cut off.") from None
