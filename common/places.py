"""Where bytes may lie: a folder, or the keys below a prefix of an S3 bucket."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True)
class BucketPrefix:
    """Keys of one bucket; `prefix` is empty or ends in a slash."""

    bucket: str
    prefix: str = ""


Place = Path | BucketPrefix


def parse_place(raw: str) -> Place:
    """Read a folder, or `s3://bucket/prefix`."""
    scheme, separator, rest = raw.strip().partition("://")
    if not separator:
        return Path(raw.strip())
    bucket, _, prefix = rest.partition("/")
    if scheme != "s3" or not BUCKET_NAME.fullmatch(bucket):
        raise ValueError("expected a folder or s3://bucket/prefix")
    prefix = prefix.strip("/")
    return BucketPrefix(bucket, f"{prefix}/" if prefix else "")


def parse_roots(raw: str) -> dict[str, Place]:
    """Read `slug=/folder,slug=s3://bucket/prefix` into places by slug; folders are absolute."""
    roots: dict[str, Place] = {}
    for pair in filter(None, map(str.strip, raw.split(","))):
        slug, separator, place = pair.partition("=")
        if not separator or not place.startswith(("/", "s3://")):
            raise ValueError("expected slug=/absolute/folder or slug=s3://bucket/prefix")
        roots[slug.strip()] = parse_place(place)
    return roots
