"""One S3 client, its faults as ours, and objects as streams that survive a broken connection."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    PartialCredentialsError,
)
from django.conf import settings

from common.errors import AnnexError
from worker.store.files import (
    CHUNK_BYTES,
    FileChanged,
    FileMissing,
    StorageRefused,
    StorageUnreachable,
)

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

REOPENINGS = 5
OUTCOMES: dict[str, type[AnnexError]] = {
    "404": FileMissing,
    "NoSuchKey": FileMissing,
    "412": FileChanged,
    "PreconditionFailed": FileChanged,
}
PASSING_STATUS = {408, 429, 500, 502, 503, 504}


@cache
def s3_client() -> S3Client:
    """Return the client that the settings describe; keys that are not set come from boto3's chain.

    Checksums are sent only where S3 demands them: many compatible servers refuse the newer ones.
    """
    return boto3.client(
        "s3",
        endpoint_url=settings.S3_ENDPOINT,
        region_name=settings.S3_REGION,
        aws_access_key_id=settings.S3_ACCESS_KEY,
        aws_secret_access_key=settings.S3_SECRET_KEY,
        config=Config(
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "max_attempts": 4},
            s3={"addressing_style": "path" if settings.S3_ENDPOINT else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


@contextmanager
def s3_faults() -> Iterator[None]:
    """Raise what a bucket's server or the way to it did wrong as an AnnexError.

    Raises: FileMissing, StorageRefused (customer); FileChanged, StorageUnreachable (transient).
    """
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise as_annex_error(error) from error


def as_annex_error(error: Exception) -> AnnexError:
    """Return whose fault an error of boto3 is."""
    if isinstance(error, ClientError):
        code = error.response.get("Error", {}).get("Code", "")
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if found := OUTCOMES.get(code):
            return found()
        return StorageUnreachable() if status in PASSING_STATUS else StorageRefused()
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return StorageRefused("The cluster has no credentials for the bucket.")
    return StorageUnreachable()


def open_object(client: S3Client, bucket: str, key: str) -> BinaryIO:
    """Open an object for reading; the stream can seek and holds one chunk in memory.

    Raises: FileMissing, StorageRefused (customer); StorageUnreachable (transient), also in reads.
    """
    with s3_faults():
        head = client.head_object(Bucket=bucket, Key=key)
    raw = ObjectReader(client, bucket, key, size_bytes=head["ContentLength"], etag=head["ETag"])
    return cast(BinaryIO, io.BufferedReader(raw, CHUNK_BYTES))


class ObjectReader(io.RawIOBase):
    """One version of an object, read in order; a connection that breaks is opened again there."""

    def __init__(
        self, client: S3Client, bucket: str, key: str, *, size_bytes: int, etag: str
    ) -> None:
        super().__init__()
        self._client = client
        self._object: dict[str, Any] = {"Bucket": bucket, "Key": key, "IfMatch": etag}
        self._size = size_bytes
        self._at = 0
        self._body: Any = None

    def readable(self) -> bool:  # noqa: D102
        return True

    def seekable(self) -> bool:  # noqa: D102
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; the next read asks for the rest from there."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset != self._at:
            self._hang_up()
            self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:  # noqa: D102
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as one read goes. Raises: StorageUnreachable (transient)."""
        if self._at >= self._size:
            return 0
        chunk = self._read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)

    def close(self) -> None:  # noqa: D102
        self._hang_up()
        super().close()

    def _read(self, size: int) -> bytes:
        for _ in range(REOPENINGS):
            try:
                self._body = self._body or self._open()
                if chunk := cast(bytes, self._body.read(size)):
                    return chunk
            except (HTTPClientError, IncompleteReadError):
                pass
            self._hang_up()
        raise StorageUnreachable

    def _open(self) -> Any:
        with s3_faults():
            wanted = f"bytes={self._at}-{self._size - 1}"
            return self._client.get_object(**self._object, Range=wanted)["Body"]

    def _hang_up(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None
