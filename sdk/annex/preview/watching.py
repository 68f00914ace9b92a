"""Notices that files of a package changed, by looking: no library, the same on every system."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event, Thread

EVERY_SECONDS = 0.2
SUFFIXES = frozenset({".py", ".toml"})
LEFT_OUT = frozenset({"__pycache__", "build", "dist", "node_modules"})

Seen = dict[str, tuple[int, int]]


class Watcher:
    """Calls back when code of a folder, or one of some further files, is saved."""

    def __init__(
        self, folder: Path, more: Callable[[], Iterable[Path]], changed: Callable[[], None]
    ) -> None:
        self._folder = folder
        self._more = more
        self._changed = changed
        self._over = Event()
        self._thread = Thread(target=self._watch, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin; what is saved from now on is noticed."""
        self._seen = self._look()
        self._thread.start()

    def stop(self) -> None:
        """End, after a call back that is under way."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            now = self._look()
            if now != self._seen:
                self._seen = now
                self._changed()

    def _look(self) -> Seen:
        paths = [*code_within(self._folder), *map(str, self._more())]
        return {path: stamp for path in paths if (stamp := _stamp(path))}


def code_within(folder: Path) -> Iterator[str]:
    """Yield the code below a folder; environments and what is built or hidden are no part of it."""
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not _is_left_out(root, name)]
        yield from (f"{root}/{name}" for name in files if Path(name).suffix in SUFFIXES)


def _is_left_out(root: str, name: str) -> bool:
    is_environment = Path(root, name, "pyvenv.cfg").exists()
    return name.startswith(".") or name in LEFT_OUT or is_environment


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
