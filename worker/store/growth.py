"""What has become of an asset's files since they were imported, and what of it is new."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import BinaryIO
from uuid import UUID

from worker.store.marks import BEGINNING, Mark, Start, digest_of
from worker.store.models import Asset, ImportedFile
from worker.store.sources import Source, SourceFile, open_source


class Change(Enum):
    """What has become of one file."""

    NEW = "new"
    GROWN = "grown"
    SAME = "same"
    REWRITTEN = "rewritten"


@dataclass
class Growth:
    """The files of an asset by what has become of them; `news` begin where the import stopped.

    A file that was rewritten is named only: nobody can say which of its rows are new.
    """

    news: list[SourceFile] = field(default_factory=list)
    counts: dict[Change, int] = field(default_factory=lambda: dict.fromkeys(Change, 0))
    rewritten: list[str] = field(default_factory=list)
    new_bytes: int = 0
    size_bytes: int = 0

    @property
    def source(self) -> Source:
        """What is new, to be read."""
        return Source(self.news)


def look_for_growth(asset: Asset, dataset: UUID) -> Growth:
    """Compare the asset's files with what the dataset has of them; at first every file is new.

    Raises: NotFound, NoFileMatches (customer) when they are gone.
    """
    imported = {file.name: file for file in asset.imported_files.filter(dataset_id=dataset)}
    growth = Growth()
    for file in open_source(asset).files:
        _look_at(file, imported, growth)
    return growth


def remember(asset: Asset, dataset: UUID, marks: Mapping[SourceFile, Mark]) -> None:
    """Write how far each file has been imported; call it in the transaction that shows its rows."""
    ImportedFile.objects.bulk_create(
        [
            ImportedFile(
                asset=asset,
                dataset_id=dataset,
                name=file.name,
                version=file.version,
                size_bytes=mark.size_bytes,
                offset=mark.start.offset if mark.start else None,
                lines=mark.start.lines if mark.start else 0,
                digest=mark.digest,
            )
            for file, mark in marks.items()
        ],
        update_conflicts=True,
        unique_fields=["asset", "dataset_id", "name"],
        update_fields=["version", "size_bytes", "offset", "lines", "digest"],
        batch_size=1000,
    )


def forget(asset: Asset) -> None:
    """Let the next import read everything."""
    asset.imported_files.all().delete()


def _look_at(file: SourceFile, imported: Mapping[str, ImportedFile], growth: Growth) -> None:
    known = imported.get(file.name)
    if known is not None and file.version and file.version == known.version:
        growth.size_bytes += known.size_bytes
        growth.counts[Change.SAME] += 1
        return
    with closing(file.open()) as stream:
        size = stream.seek(0, 2)
        change = _change_of(known, stream, size)
    growth.counts[change] += 1
    growth.size_bytes += size
    if change is Change.REWRITTEN:
        growth.rewritten.append(file.name)
    elif change in {Change.NEW, Change.GROWN}:
        start = Start(known.offset or 0, known.lines) if known else BEGINNING
        growth.news.append(replace(file, start=start))
        growth.new_bytes += size - start.offset


def _change_of(known: ImportedFile | None, stream: BinaryIO, size_bytes: int) -> Change:
    if known is None or known.size_bytes == 0 < size_bytes:
        return Change.NEW
    if size_bytes < known.size_bytes or digest_of(stream, known.size_bytes) != bytes(known.digest):
        return Change.REWRITTEN
    if size_bytes == known.size_bytes:
        return Change.SAME
    return Change.REWRITTEN if known.offset is None else Change.GROWN
