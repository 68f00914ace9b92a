"""Local copies of files that lie in a bucket: as many as fit, the longest unused go first."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import IO

from worker.store.folder import partial_file

IN_USE_SECONDS = 60.0
"""A copy that somebody has just been given is about to be opened."""


class LocalCopies:
    """A folder of copies that takes about `max_bytes`; several processes may share it."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def path(
        self, key: str, version: str, size_bytes: int, fetch: Callable[[IO[bytes]], None]
    ) -> Path:
        """Return the copy of one version of a file, fetching it when there is none.

        Args: fetch: writes the file's bytes, `size_bytes` of them, into what it is given.
        """
        place = self._folder / f"{_digest(key)}-{_digest(version)}"
        try:
            os.utime(place)
        except FileNotFoundError:
            self._make_room(size_bytes)
            with partial_file(place) as partial:
                fetch(partial)
        return place

    def forget(self, key: str) -> None:
        """Remove the copies of every version of a file."""
        for copy in self._folder.glob(f"{_digest(key)}-*"):
            copy.unlink(missing_ok=True)

    def _make_room(self, size_bytes: int) -> None:
        copies = sorted(_stats_of(self._folder), reverse=True)
        room = self._max_bytes - size_bytes
        for used_at, size, copy in copies:
            room -= size
            if room < 0 and used_at < time.time() - IN_USE_SECONDS:
                copy.unlink(missing_ok=True)


def _stats_of(folder: Path) -> list[tuple[float, int, Path]]:
    """Return (seconds since 1970 of the last use, bytes, path) of every file."""
    found = []
    for path in folder.glob("*"):
        with contextlib.suppress(FileNotFoundError):
            stat = path.stat()
            found.append((stat.st_mtime, stat.st_size, path))
    return found


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:32]
