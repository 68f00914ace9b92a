"""Patterns of paths, `2026-*/**/*.jsonl`, and the files below a root that match one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import translate

from common.errors import InvalidRequest
from worker.store.roots import Entry, Names, NotUnderRoot, Root, checked_names, root_named

MAX_FILES = 10_000
MAX_LOOKED_AT = 200_000
"""Files and folders; a pattern that leads past more of them is not the one that was meant."""


class NoFileMatches(InvalidRequest):
    """Nothing below the root matches the pattern."""

    code = "root.no_match"
    title = "No file matches this pattern"
    what_to_do = "Look at the folder's listing; * stands for any name, ** for any folders."


class TooManyFiles(InvalidRequest):
    """More files match than one asset may have."""

    code = "root.too_many_files"
    title = "Too many files match this pattern"
    what_to_do = "Narrow the pattern, and name an asset for each part of the data."


@dataclass(frozen=True)
class FoundFile:
    """One file; `path` is relative to the root, `version` as in an `Entry`."""

    path: str
    size_bytes: int
    version: str = ""


class Glob:
    """A pattern: `*`, `?` and `[…]` stay within a name, `**` stands for any number of folders.

    As in a shell, only a name that starts with a dot matches one that does.
    Raises: BadPath (customer).
    """

    def __init__(self, pattern: str) -> None:
        self._steps = [
            None if name == "**" else re.compile(r"(?!\.)" * (name[:1] != ".") + translate(name))
            for name in checked_names(pattern)
        ]
        self.start = self._spread({0})
        """Which steps of the pattern a path may be at before its first name."""

    def after(self, at: frozenset[int], name: str) -> frozenset[int]:
        """Return which steps a path may be at after one more name; empty when it cannot match."""
        return self._spread({to for step in at if (to := self._to(step, name)) is not None})

    def is_whole(self, at: frozenset[int]) -> bool:
        """Whether a path that is there matches."""
        return len(self._steps) in at

    def _to(self, step: int, name: str) -> int | None:
        if step == len(self._steps):
            return None
        pattern = self._steps[step]
        if pattern is None:
            return None if name.startswith(".") else step
        return step + 1 if pattern.match(name) else None

    def _spread(self, steps: set[int]) -> frozenset[int]:
        """Add the steps that can be reached without a name: past each `**`."""
        for step, pattern in enumerate(self._steps):
            if pattern is None and step in steps:
                steps.add(step + 1)
        return frozenset(steps)


def find_files(root: str, pattern: str) -> list[FoundFile]:
    """Return the files below a root that match, in the order of their paths; perhaps none.

    Raises: BadPath, NotUnderRoot, TooManyFiles (customer); StorageUnreachable (transient).
    """
    found: list[FoundFile] = []
    for file in _walk(root_named(root), Glob(pattern)):
        found.append(file)
        if len(found) > MAX_FILES:
            raise TooManyFiles(f"More than {MAX_FILES:,} files match.", field="pattern")
    return sorted(found, key=lambda file: file.path)


def _walk(root: Root, glob: Glob) -> Iterator[FoundFile]:
    folders: list[tuple[Names, frozenset[int]]] = [((), glob.start)]
    looked_at = 0
    while folders:
        folder, at = folders.pop()
        for entry in _entries(root, folder):
            looked_at += 1
            reached = glob.after(at, entry.name)
            if entry.is_folder and reached:
                folders.append(((*folder, entry.name), reached))
            elif glob.is_whole(reached) and entry.size_bytes is not None:
                path = "/".join((*folder, entry.name))
                yield FoundFile(path, entry.size_bytes, entry.version)
        if looked_at > MAX_LOOKED_AT:
            raise TooManyFiles(f"It leads past more than {MAX_LOOKED_AT:,} files.", field="pattern")


def _entries(root: Root, folder: Names) -> Iterator[Entry]:
    try:
        yield from root.entries(folder)
    except NotUnderRoot:
        # A folder that went away meanwhile; a root that is not there is another matter.
        if not folder:
            raise
