"""Hashes of inputs, for use inside the cluster. What leaves it is keyed first (`worker.link`)."""

from __future__ import annotations

import re
from hashlib import blake2b

INPUT_HASH_BYTES = 16
_DIGITS = re.compile(r"\d+")
_ASCII_BLANKS = bytes(code for code in range(128) if chr(code).isspace())
_ASCII_FOLDED = bytes.maketrans(
    bytes(range(128)), bytes(0x30 if chr(c).isdigit() else ord(chr(c).lower()) for c in range(128))
)
_ZEROS = re.compile(rb"0+")


def input_hash(text: str) -> bytes:
    """Return the 16 bytes that are equal for equal texts, code point by code point.

    Raises: UnicodeEncodeError for a text with lone surrogates, which cannot be stored.
    """
    return blake2b(text.encode(), digest_size=INPUT_HASH_BYTES).digest()


def fold_key(text: str) -> int:
    """Return a signed 64-bit number, equal for texts alike but for case, digits and spaces."""
    folded = _folded_ascii(text) if text.isascii() else _folded(text)
    digest = blake2b(folded, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _folded(text: str) -> bytes:
    return _DIGITS.sub("0", "".join(text.casefold().split())).encode()


def _folded_ascii(text: str) -> bytes:
    """Return what `_folded` does, in a third of its time; most of a large import is ASCII."""
    folded = text.encode().translate(_ASCII_FOLDED, _ASCII_BLANKS)
    return _ZEROS.sub(b"0", folded) if b"00" in folded else folded
