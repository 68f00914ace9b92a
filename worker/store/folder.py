"""Files below one local folder."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from worker.store.files import CHUNK_BYTES, FileMissing, Measured, Written, check_key


class Folder:
    """Files below one local folder; `put` is atomic and durable. Methods are those of `Files`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, stream: BinaryIO, *, max_bytes: int | None = None) -> Written:  # noqa: D102
        target, measured = self._place(key), Measured(stream, max_bytes)
        with partial_file(target) as partial:
            shutil.copyfileobj(measured, partial, CHUNK_BYTES)
        return measured.written

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
        check_key(key)
        return self.root / key


@contextmanager
def partial_file(target: Path) -> Iterator[IO[bytes]]:
    """Write beside the target and move it there when all went well; leave nothing otherwise."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
