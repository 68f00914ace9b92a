"""One spelling of JSON, so that both ends hash and sign the same bytes."""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel, JsonValue


def canonical_bytes(value: JsonValue | BaseModel) -> bytes:
    """Return UTF-8 JSON with sorted keys and no spaces; a model is written in its JSON mode.

    Raises: ValueError for NaN and infinities, which JSON cannot say.
    """
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    text = json.dumps(
        plain,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    return text.encode()


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hex digits, the contract's `Digest`."""
    return hashlib.sha256(data).hexdigest()


def digest_of(value: JsonValue | BaseModel) -> str:
    """Return the digest of a value's canonical bytes."""
    return sha256_hex(canonical_bytes(value))
