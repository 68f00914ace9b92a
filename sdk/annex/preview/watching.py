"""Notices that files of a package changed, by looking: no library, the same on every system."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event, Thread

EVERY_SECONDS = 0.2
SUFFIXES = frozenset({".py", ".toml"})
LEFT_OUT = frozenset({"__pycache__", "build", "dist", "node_modules"})

Stamps = dict[str, tuple[int, int] | None]


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
        self._code, self._files = self._look()
        self._thread.start()

    def stop(self) -> None:
        """End, after a call back that is under way."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            code, files = self._look()
            # A file that is followed from now on has not changed by that.
            both = self._files.keys() & files.keys()
            is_new = code != self._code or any(files[at] != self._files[at] for at in both)
            self._code, self._files = code, files
            if is_new:
                self._changed()

    def _look(self) -> tuple[Stamps, Stamps]:
        code = {path: _stamp(path) for path in code_within(self._folder)}
        return code, {path: _stamp(path) for path in map(str, self._more())}


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
