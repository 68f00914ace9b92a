"""A root that is a local folder. No link is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from worker.store.roots import Entry, Names, NotUnderRoot, is_shown


class FolderRoot:
    """Files below a local folder. Methods are those of `Root`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def entries(self, folder: Names) -> Iterator[Entry]:  # noqa: D102
        with self._opened(folder, os.O_RDONLY | os.O_DIRECTORY) as descriptor:
            yield from _entries(descriptor)

    def open(self, file: Names) -> BinaryIO:  # noqa: D102
        # O_NONBLOCK: opening a pipe that somebody put there must not hang.
        with self._opened(file, os.O_RDONLY | os.O_NONBLOCK) as descriptor:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NotUnderRoot
            return os.fdopen(os.dup(descriptor), "rb")

    @contextmanager
    def _opened(self, names: Names, flags: int) -> Iterator[int]:
        """Walk down name by name; each step refuses links, so no race can lead outside."""
        steps = [(name, os.O_RDONLY | os.O_DIRECTORY) for name in names[:-1]]
        steps += [(name, flags) for name in names[-1:]]
        descriptor = _open_root(self._folder)
        try:
            for name, step_flags in steps:
                descriptor = _descend(descriptor, name, step_flags)
            yield descriptor
        finally:
            os.close(descriptor)


def _open_root(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        raise NotUnderRoot from None


def _descend(parent: int, name: str, flags: int) -> int:
    try:
        child = os.open(name, flags | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
    except OSError:
        raise NotUnderRoot from None
    os.close(parent)
    return child


def _entries(descriptor: int) -> Iterator[Entry]:
    with os.scandir(descriptor) as entries:
        for entry in filter(lambda entry: is_shown(entry.name), entries):
            if entry.is_dir(follow_symlinks=False):
                yield Entry(entry.name, True, None)
            elif entry.is_file(follow_symlinks=False):
                found = entry.stat(follow_symlinks=False)
                yield Entry(entry.name, False, found.st_size, f"{found.st_ino}-{found.st_mtime_ns}")
