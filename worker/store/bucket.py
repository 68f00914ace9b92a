"""Files below a prefix of an S3-compatible bucket."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from boto3.s3.transfer import TransferConfig

from common.places import BucketPrefix
from worker.store.copies import LocalCopies
from worker.store.files import CHUNK_BYTES, Measured, Written, check_key
from worker.store.s3 import open_object, s3_faults

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

# In this thread and part by part: a file of any size takes the memory of one part.
TRANSFER = TransferConfig(use_threads=False, multipart_chunksize=16 * 1024**2)


class Bucket:
    """Files below a prefix of a bucket; `put` shows nothing before its end, an upload in parts is
    aborted when it fails. Methods are those of `Files`.
    """

    def __init__(self, client: S3Client, place: BucketPrefix, copies: LocalCopies) -> None:
        self._client = client
        self._place = place
        self._copies = copies

    def put(self, key: str, stream: BinaryIO, *, max_bytes: int | None = None) -> Written:  # noqa: D102
        measured = Measured(stream, max_bytes)
        with s3_faults():
            self._client.upload_fileobj(
                cast(IO[bytes], measured), self._place.bucket, self._key(key), Config=TRANSFER
            )
        return measured.written

    def open(self, key: str) -> BinaryIO:  # noqa: D102
        return open_object(self._client, self._place.bucket, self._key(key))

    def path(self, key: str) -> Path:  # noqa: D102
        with s3_faults():
            head = self._client.head_object(Bucket=self._place.bucket, Key=self._key(key))
        # The tag changes with the bytes, so that an old copy is never taken for the file.
        return self._copies.path(
            key, head["ETag"], head["ContentLength"], lambda target: self._fetch(key, target)
        )

    def delete(self, key: str) -> None:  # noqa: D102
        with s3_faults():
            self._client.delete_object(Bucket=self._place.bucket, Key=self._key(key))
        self._copies.forget(key)

    def _key(self, key: str) -> str:
        check_key(key)
        return self._place.prefix + key

    def _fetch(self, key: str, target: IO[bytes]) -> None:
        with self.open(key) as stream:
            shutil.copyfileobj(stream, target, CHUNK_BYTES)
