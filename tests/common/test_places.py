"""Where bytes may lie, as administrators write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from common.places import BucketPrefix, Place, parse_place, parse_roots

PLACES: list[tuple[str, Place]] = [
    ("/var/annex", Path("/var/annex")),
    ("var/annex", Path("var/annex")),
    ("s3://texts", BucketPrefix("texts")),
    ("s3://texts/", BucketPrefix("texts")),
    ("s3://my.texts-2/a/b/", BucketPrefix("my.texts-2", "a/b/")),
]


@pytest.mark.parametrize(("raw", "place"), PLACES)
def test_a_place_is_a_folder_or_a_prefix_of_a_bucket(raw: str, place: Place) -> None:
    assert parse_place(raw) == place


@pytest.mark.parametrize("raw", ["s3://", "s3://A_B/x", "http://host/x", "gs://bucket"])
def test_other_addresses_are_no_places(raw: str) -> None:
    with pytest.raises(ValueError, match="s3://bucket/prefix"):
        parse_place(raw)


def test_roots_are_places_by_slug() -> None:
    assert parse_roots("news=/data/news, mail=s3://mail/2026") == {
        "news": Path("/data/news"),
        "mail": BucketPrefix("mail", "2026/"),
    }


@pytest.mark.parametrize("raw", ["news", "news=relative", "news=http://host/x"])
def test_a_root_needs_an_absolute_folder_or_a_bucket(raw: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        parse_roots(raw)
