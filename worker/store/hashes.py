"""Hashes of inputs, for use inside the cluster. What leaves it is keyed first (`worker.link`)."""

from __future__ import annotations

import re
from hashlib import blake2b

INPUT_HASH_BYTES = 16
_DIGITS = re.compile(r"\d+")


def input_hash(text: str) -> bytes:
    """Return the 16 bytes that are equal for equal texts, code point by code point.

    Raises: UnicodeEncodeError for a text with lone surrogates, which cannot be stored.
    """
    return blake2b(text.encode(), digest_size=INPUT_HASH_BYTES).digest()


def fold_key(text: str) -> int:
    """Return a signed 64-bit number, equal for texts alike but for case, digits and spaces."""
    folded = _DIGITS.sub("0", "".join(text.casefold().split()))
    digest = blake2b(folded.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
