"""What PostgreSQL can keep of the JSON that a caller sends."""

from __future__ import annotations

from annex.contract.canonical import canonical_bytes
from pydantic import BaseModel, JsonValue

NULL_CHARACTER = b"\\u0000"


def is_storable(value: JsonValue | BaseModel) -> bool:
    """Say whether a `jsonb` can hold it: no null character, half a character or infinity."""
    try:
        written = canonical_bytes(value)
    except ValueError:
        return False
    return NULL_CHARACTER not in written.replace(rb"\\", b"")
