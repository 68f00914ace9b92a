"""A root that is a prefix of an S3 bucket: a slash in a key makes a folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from common.places import BucketPrefix
from worker.store.files import FileMissing
from worker.store.roots import Entry, Names, NotUnderRoot, is_shown
from worker.store.s3 import open_object, s3_faults

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


class BucketRoot:
    """Objects below a prefix. Methods are those of `Root`."""

    def __init__(self, client: S3Client, place: BucketPrefix) -> None:
        self._client = client
        self._place = place

    def entries(self, folder: Names) -> Iterator[Entry]:  # noqa: D102
        prefix = self._place.prefix + "".join(f"{name}/" for name in folder)
        is_there = not folder
        for page in self._pages(Prefix=prefix, Delimiter="/"):
            is_there |= page["KeyCount"] > 0
            yield from _entries(page, len(prefix))
        if not is_there:
            raise NotUnderRoot

    def open(self, file: Names) -> BinaryIO:  # noqa: D102
        try:
            return open_object(
                self._client, self._place.bucket, self._place.prefix + "/".join(file)
            )
        except FileMissing:
            raise NotUnderRoot from None

    def _pages(self, **wanted: str) -> Iterator[Any]:
        pages = self._client.get_paginator("list_objects_v2")
        with s3_faults():
            yield from pages.paginate(Bucket=self._place.bucket, **wanted)  # type: ignore[arg-type]


def _entries(page: Any, prefix_length: int) -> Iterator[Entry]:
    """Yield a page's folders and files; an object that only marks its folder has no name."""
    for folder in page.get("CommonPrefixes", []):
        name = folder["Prefix"][prefix_length:-1]
        if is_shown(name):
            yield Entry(name, True, None)
    for item in page.get("Contents", []):
        name = item["Key"][prefix_length:]
        if is_shown(name):
            yield Entry(name, False, item["Size"], item["ETag"])
