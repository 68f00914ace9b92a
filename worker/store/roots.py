"""Folders from which people may pick files. A path can only lead down, and no link is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.conf import settings

from common.errors import InvalidRequest, NotFound

MAX_ENTRIES = 2000


class BadPath(InvalidRequest):
    """A path that is absolute, climbs up, or contains a NUL."""

    code = "root.bad_path"
    title = "This path cannot be opened"
    what_to_do = "Pick a file from the listing."


class NotUnderRoot(NotFound):
    """Neither a file nor a folder here; links are not followed."""

    code = "root.not_found"
    title = "There is no such file in this folder"


@dataclass(frozen=True)
class Entry:
    """One file or folder of a listing; `size_bytes` is None for folders."""

    name: str
    is_folder: bool
    size_bytes: int | None


def list_folder(root: str, path: str) -> list[Entry]:
    """List a folder below a root, folders first; links and special files are left out.

    Raises: BadPath, NotUnderRoot (customer).
    """
    with _opened(root, path, os.O_RDONLY | os.O_DIRECTORY) as descriptor:
        found = list(_entries(descriptor))
    return sorted(found, key=lambda entry: (not entry.is_folder, entry.name))[:MAX_ENTRIES]


def open_below(root: str, path: str) -> BinaryIO:
    """Open a regular file below a root for reading. Raises: BadPath, NotUnderRoot (customer)."""
    # O_NONBLOCK: opening a pipe that somebody put there must not hang.
    with _opened(root, path, os.O_RDONLY | os.O_NONBLOCK) as descriptor:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotUnderRoot
        return os.fdopen(os.dup(descriptor), "rb")


@contextmanager
def _opened(root: str, path: str, flags: int) -> Iterator[int]:
    """Walk down name by name; each step refuses links, so no race can lead outside."""
    folder = settings.ROOTS.get(root)
    if folder is None:
        raise NotUnderRoot
    names = _names(path)
    steps = [(name, os.O_RDONLY | os.O_DIRECTORY) for name in names[:-1]]
    steps += [(name, flags) for name in names[-1:]]
    descriptor = _open_root(folder)
    try:
        for name, step_flags in steps:
            descriptor = _descend(descriptor, name, step_flags)
        yield descriptor
    finally:
        os.close(descriptor)


def _names(path: str) -> tuple[str, ...]:
    if "\0" in path or path.startswith("/") or ".." in PurePosixPath(path).parts:
        raise BadPath(field="path")
    return PurePosixPath(path).parts


def _open_root(folder: os.PathLike[str]) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        raise NotUnderRoot from None


def _descend(parent: int, name: str, flags: int) -> int:
    try:
        child = os.open(name, flags | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
    except (OSError, UnicodeEncodeError):
        raise NotUnderRoot from None
    os.close(parent)
    return child


def _entries(descriptor: int) -> Iterator[Entry]:
    with os.scandir(descriptor) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield Entry(entry.name, True, None)
            elif entry.is_file(follow_symlinks=False):
                yield Entry(entry.name, False, entry.stat(follow_symlinks=False).st_size)
