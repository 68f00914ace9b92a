"""The two storages behind one protocol."""

from __future__ import annotations

import shutil
import tracemalloc
from collections.abc import Callable
from hashlib import sha256
from io import SEEK_END, BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

from common.errors import Family
from common.places import BucketPrefix
from tests.worker.store.buckets import Relay, free_port
from worker.store.copies import LocalCopies
from worker.store.files import (
    FileChanged,
    FileMissing,
    Files,
    FileTooLarge,
    StorageRefused,
    StorageUnreachable,
    stored_files,
)
from worker.store.s3 import s3_client

MEGABYTE = 1024**2


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Files:
    """Return each kind of storage, empty, as the settings give it."""
    is_bucket = request.param == "bucket"
    settings.FILES = request.getfixturevalue("bucket") if is_bucket else tmp_path / "files"
    return opened_anew()


def opened_anew() -> Files:
    s3_client.cache_clear()
    return stored_files()


class Endless(BytesIO):
    """Yields megabytes until it breaks."""

    def __init__(self, megabytes: int) -> None:
        super().__init__()
        self.left = megabytes

    def read(self, size: int | None = -1, /) -> bytes:
        if self.left == 0:
            raise OSError("gone")
        self.left -= 1
        return b"x" * MEGABYTE


def test_a_file_is_stored_whole_with_its_digest(files: Files) -> None:
    written = files.put("exports/a.jsonl", BytesIO(b"abc"))
    assert (written.size_bytes, written.sha256[:8]) == (3, "ba7816bf")
    files.put("exports/a.jsonl", BytesIO(b"d"))
    with files.open("exports/a.jsonl") as stream:
        assert stream.read() == b"d"
    assert files.path("exports/a.jsonl").read_bytes() == b"d"


def test_a_stream_reads_lines_and_seeks(files: Files) -> None:
    files.put("uploads/a", BytesIO(b"one\ntwo\nthree"))
    with files.open("uploads/a") as stream:
        assert list(stream) == [b"one\n", b"two\n", b"three"]
        assert stream.seek(0, SEEK_END) == 13
        stream.seek(4)
        assert stream.readline() == b"two\n"


def test_an_empty_file_is_a_file(files: Files) -> None:
    assert files.put("uploads/a", BytesIO()).size_bytes == 0
    with files.open("uploads/a") as stream:
        assert stream.read() == b""


def test_too_many_bytes_leave_nothing(files: Files) -> None:
    with pytest.raises(FileTooLarge):
        files.put("uploads/a", BytesIO(b"abcd"), max_bytes=3)
    with pytest.raises(FileMissing):
        files.open("uploads/a")


@pytest.mark.parametrize("megabytes", [0, 40])
def test_a_stream_that_breaks_leaves_the_former_file(files: Files, megabytes: int) -> None:
    files.put("uploads/a", BytesIO(b"kept"))
    with pytest.raises(OSError, match="gone"):
        files.put("uploads/a", Endless(megabytes))
    assert files.path("uploads/a").read_bytes() == b"kept"


@pytest.mark.parametrize(
    "key", ["../a", "/a", "a/../b", "A b", ".hidden", "a//b", "a\0", "", "a\n"]
)
def test_a_key_is_made_of_ids(key: str, files: Files) -> None:
    with pytest.raises(ValueError, match="key"):
        files.put(key, BytesIO(b""))


def test_a_deleted_file_is_missing(files: Files) -> None:
    files.put("uploads/a", BytesIO(b"x"))
    assert files.path("uploads/a").read_bytes() == b"x"
    files.delete("uploads/a")
    files.delete("uploads/a")
    for look in (files.path, files.open):
        with pytest.raises(FileMissing):
            look("uploads/a")


def test_nothing_of_a_broken_upload_stays_in_the_bucket(
    bucket: BucketPrefix, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES, settings.LOCAL_FOLDER = bucket, tmp_path / "local"
    with pytest.raises(FileTooLarge):
        opened_anew().put("uploads/a", Endless(64), max_bytes=40 * MEGABYTE)
    assert "Uploads" not in s3_client().list_multipart_uploads(Bucket=bucket.bucket)
    assert "Contents" not in s3_client().list_objects_v2(Bucket=bucket.bucket, Prefix=bucket.prefix)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_memory_does_not_grow_with_the_file(
    bucket: BucketPrefix, settings: Settings, tmp_path: Path
) -> None:
    source = tmp_path / "large"
    source.write_bytes(b"x" * 96 * MEGABYTE)
    settings.FILES, settings.LOCAL_FOLDER = bucket, tmp_path / "local"
    files = opened_anew()
    tracemalloc.start()
    with source.open("rb") as stream:
        written = files.put("uploads/a", stream)
    digest = sha256()
    with files.open("uploads/a") as stream:
        shutil.copyfileobj(stream, writer(digest.update), MEGABYTE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert written.sha256 == digest.hexdigest()
    assert peak < 64 * MEGABYTE


def writer(take: Callable[[bytes], object]) -> BytesIO:
    class Writer(BytesIO):
        def write(self, data: bytes, /) -> int:  # type: ignore[override]
            take(data)
            return len(data)

    return Writer()


@pytest.fixture
def relay(s3_address: str) -> Relay:
    return Relay(s3_address)


def test_reading_goes_on_after_a_broken_connection(
    bucket: BucketPrefix, settings: Settings, relay: Relay
) -> None:
    body = b"".join(b"%06d\n" % n for n in range(600_000))
    settings.FILES = bucket
    opened_anew().put("uploads/a", BytesIO(body))
    settings.S3_ENDPOINT = relay.address
    relay.cut_after = 1_500_000
    with opened_anew().open("uploads/a") as stream:
        assert stream.read() == body
    assert relay.cuts >= 2
    relay.close()


def test_a_file_that_changes_under_its_reader_is_not_mixed(
    bucket: BucketPrefix, settings: Settings
) -> None:
    settings.FILES = bucket
    files = opened_anew()
    files.put("uploads/a", BytesIO(b"a" * 3 * MEGABYTE))
    with files.open("uploads/a") as stream:
        stream.read(10)
        files.put("uploads/a", BytesIO(b"b" * 3 * MEGABYTE))
        stream.seek(2 * MEGABYTE)
        with pytest.raises(FileChanged):
            stream.read(10)


def test_a_bucket_that_does_not_answer_is_a_passing_fault(
    bucket: BucketPrefix, settings: Settings
) -> None:
    settings.FILES, settings.S3_ENDPOINT = bucket, f"http://127.0.0.1:{free_port()}"
    with pytest.raises(StorageUnreachable) as raised:
        opened_anew().open("uploads/a")
    assert (raised.value.family, raised.value.status) == (Family.TRANSIENT, 503)


def test_a_bucket_that_is_not_there_is_the_administrators(
    bucket: BucketPrefix, settings: Settings
) -> None:
    settings.FILES = BucketPrefix("never-made")
    with pytest.raises(StorageRefused) as raised:
        opened_anew().put("uploads/a", BytesIO(b"x"))
    assert raised.value.family is Family.CUSTOMER


def fetching(body: bytes, calls: list[bytes]) -> Callable[..., None]:
    def fetch(target: BytesIO) -> None:
        calls.append(body)
        target.write(body)

    return fetch


def test_copies_are_fetched_once_and_the_longest_unused_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.store.copies.IN_USE_SECONDS", -1)
    copies, calls = LocalCopies(tmp_path, max_bytes=10), list[bytes]()
    first = copies.path("models/a", "1", 4, fetching(b"aaaa", calls))
    copies.path("models/b", "1", 4, fetching(b"bbbb", calls))
    assert copies.path("models/a", "1", 4, fetching(b"-", calls)).read_bytes() == b"aaaa"
    copies.path("models/c", "1", 4, fetching(b"cccc", calls))
    assert calls == [b"aaaa", b"bbbb", b"cccc"]
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"aaaa", b"cccc"]
    copies.forget("models/a")
    assert not first.exists()


def test_a_fetch_that_breaks_leaves_no_copy(tmp_path: Path) -> None:
    def fetch(target: object) -> None:
        raise StorageUnreachable

    with pytest.raises(StorageUnreachable):
        LocalCopies(tmp_path, 10).path("models/a", "1", 4, fetch)
    assert list(tmp_path.iterdir()) == []
