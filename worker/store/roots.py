"""Places from which people may pick files: folders and buckets. A path can only lead down."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol

from django.conf import settings

from common.errors import InvalidRequest, NotFound
from common.places import BucketPrefix

MAX_ENTRIES = 2000
UNSHOWN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

Names = tuple[str, ...]
"""A path below a root, name by name; empty for the root itself."""


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
    """One file or folder of a listing; `size_bytes` is None for folders.

    `version` is another for a file that was written since; it may be so for one that was not.
    """

    name: str
    is_folder: bool
    size_bytes: int | None
    version: str = field(default="", compare=False)


@dataclass(frozen=True)
class Listing:
    """One folder, its folders first; `is_cut` when it holds more than `MAX_ENTRIES`."""

    entries: list[Entry]
    is_cut: bool


class Root(Protocol):
    """One place. Every method of a bucket may raise StorageUnreachable or StorageRefused."""

    def entries(self, folder: Names) -> Iterable[Entry]:
        """Yield what lies in a folder, in any order. Raises: NotUnderRoot (customer)."""

    def open(self, file: Names) -> BinaryIO:
        """Open a file for reading; the stream can seek. Raises: NotUnderRoot (customer)."""


def list_folder(root: str, path: str) -> Listing:
    """List a folder below a root; links and special files are left out.

    Raises: BadPath, NotUnderRoot (customer).
    """
    names = checked_names(path)
    found = list(islice(root_named(root).entries(names), MAX_ENTRIES + 1))
    found.sort(key=lambda entry: (not entry.is_folder, entry.name))
    return Listing(found[:MAX_ENTRIES], is_cut=len(found) > MAX_ENTRIES)


def open_below(root: str, path: str) -> BinaryIO:
    """Open a regular file below a root for reading. Raises: BadPath, NotUnderRoot (customer)."""
    names = checked_names(path)
    if not names:
        raise NotUnderRoot
    return root_named(root).open(names)


def root_named(slug: str) -> Root:
    """Return the root that the administrator gave this name. Raises: NotUnderRoot (customer)."""
    place = settings.ROOTS.get(slug)
    if place is None:
        raise NotUnderRoot
    if isinstance(place, BucketPrefix):
        from worker.store.root_bucket import BucketRoot
        from worker.store.s3 import s3_client

        return BucketRoot(s3_client(), place)
    from worker.store.root_folder import FolderRoot

    return FolderRoot(place)


def checked_names(path: str) -> Names:
    """Return the names that a path leads down through.

    Raises: BadPath; NotUnderRoot for names that no listing shows (customer).
    """
    if "\0" in path or path.startswith("/") or ".." in PurePosixPath(path).parts:
        raise BadPath(field="path")
    names = PurePosixPath(path).parts
    if not all(map(is_shown, names)):
        raise NotUnderRoot
    return names


def is_shown(name: str) -> bool:
    """Whether a name can be stored, shown and asked for again."""
    return name not in {"", ".", ".."} and not UNSHOWN.search(name)
