"""Roots: folders and buckets behave alike, and no path leads out of either."""

from __future__ import annotations

import os
from io import SEEK_END
from pathlib import Path

import pytest
from pytest_django import Settings

from common.errors import AnnexError
from common.places import BucketPrefix
from tests.worker.store.buckets import free_port
from worker.store import roots
from worker.store.files import StorageUnreachable
from worker.store.roots import BadPath, Entry, NotUnderRoot, list_folder, open_below
from worker.store.s3 import s3_client

FILES = {"a.jsonl": b"a", "sub/rows.jsonl": b"rows\n", "sub/deep/b é.csv": b"b"}


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    place = tmp_path / "root"
    for name, body in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(body)
    (tmp_path / "secret.jsonl").write_bytes(b"secret")
    (place / "link.jsonl").symlink_to(tmp_path / "secret.jsonl")
    (place / "up").symlink_to(tmp_path)
    os.mkfifo(place / "pipe")
    settings.ROOTS = {"data": place}
    return place


@pytest.fixture
def objects(settings: Settings, bucket: BucketPrefix) -> BucketPrefix:
    place = BucketPrefix(bucket.bucket, f"{bucket.prefix}root/")
    for name, body in {**FILES, "sub/": b""}.items():
        s3_client().put_object(Bucket=place.bucket, Key=place.prefix + name, Body=body)
    for name in ("secret.jsonl", "root-of-others/x"):
        s3_client().put_object(Bucket=place.bucket, Key=bucket.prefix + name, Body=b"secret")
    settings.ROOTS = {"data": place}
    return place


@pytest.fixture(params=["folder", "objects"])
def root(request: pytest.FixtureRequest) -> object:
    """Set up the root `data` as each kind of place, with the same files and something beside it."""
    return request.getfixturevalue(request.param)


def test_a_folder_is_listed_folders_first(root: object) -> None:
    assert list_folder("data", "").entries == [
        Entry("sub", True, None),
        Entry("a.jsonl", False, 1),
    ]
    assert list_folder("data", "sub").entries == [
        Entry("deep", True, None),
        Entry("rows.jsonl", False, 5),
    ]


def test_a_file_is_opened_and_can_seek(root: object) -> None:
    with open_below("data", "sub/rows.jsonl") as stream:
        assert stream.seek(0, SEEK_END) == 5
        stream.seek(2)
        assert list(stream) == [b"ws\n"]
    with open_below("data", "sub/deep/b é.csv") as stream:
        assert stream.read() == b"b"


ESCAPES: list[tuple[str, type[AnnexError]]] = [
    ("../secret.jsonl", BadPath),
    ("sub/../../secret.jsonl", BadPath),
    ("sub/../a.jsonl", BadPath),
    ("../up.jsonl", BadPath),
    ("/etc/passwd", BadPath),
    ("a\x00b", BadPath),
    ("link.jsonl", NotUnderRoot),
    ("up/secret.jsonl", NotUnderRoot),
    ("nothing.jsonl", NotUnderRoot),
    ("sub", NotUnderRoot),
    ("pipe", NotUnderRoot),
    ("", NotUnderRoot),
    (".", NotUnderRoot),
    ("\udcff", NotUnderRoot),
]


@pytest.mark.parametrize(("path", "error"), ESCAPES)
def test_no_path_leads_out_of_a_root(path: str, error: type[AnnexError], root: object) -> None:
    with pytest.raises(error):
        open_below("data", path)
    if path not in {"", ".", "sub"}:
        with pytest.raises(error):
            list_folder("data", path)


def test_only_configured_roots_exist(root: object) -> None:
    with pytest.raises(NotUnderRoot):
        list_folder("other", "")


def test_a_long_listing_says_that_it_is_cut(root: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roots, "MAX_ENTRIES", 1)
    assert list_folder("data", "").is_cut
    assert not list_folder("data", "sub/deep").is_cut


def test_a_listing_goes_past_the_servers_page(objects: BucketPrefix, settings: Settings) -> None:
    for number in range(1003):
        key = f"{objects.prefix}many/{number:04}.txt"
        s3_client().put_object(Bucket=objects.bucket, Key=key, Body=b"")
    names = [entry.name for entry in list_folder("data", "many").entries]
    assert names == [f"{number:04}.txt" for number in range(1003)]


def test_an_empty_bucket_is_an_empty_root(bucket: BucketPrefix, settings: Settings) -> None:
    settings.ROOTS = {"data": bucket}
    assert list_folder("data", "").entries == []


def test_a_root_that_does_not_answer_is_a_passing_fault(
    bucket: BucketPrefix, settings: Settings
) -> None:
    settings.ROOTS = {"data": bucket}
    settings.S3_ENDPOINT = f"http://127.0.0.1:{free_port()}"
    s3_client.cache_clear()
    with pytest.raises(StorageUnreachable):
        list_folder("data", "")
