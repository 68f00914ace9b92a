"""Unique markers, and the search for them in every form in which text travels."""

from __future__ import annotations

import base64
import contextlib
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
DEEPEST = 3
"""Packed inside packed: a gzip body that holds a base64 of a zlib stream."""

PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
PACKED_BASE64 = re.compile(rb"(?:H4sI|eA|eF|eJ|eN)[A-Za-z0-9+/_-]{16,}")
PACKED_HEX = re.compile(rb"(?:1f8b08|78(?:01|5e|9c|da))(?:[0-9a-f]{2}){8,}", re.IGNORECASE)
GZIP_OR_ZLIB = 47
RAW = -15
MEMBER = re.compile(rb"PK\x03\x04")
MEMBER_HEAD_BYTES = 30
"""Of a member of a zip file, as wheels are; its name and what else follow, then its stream."""


@dataclass(frozen=True, order=True)
class Sighting:
    """A marker where it must not be: what was planted, in which form, in which haystack."""

    place: str
    form: str
    haystack: str


def marker_for(place: str) -> str:
    """Return a marker of letters and digits alone, so that it can be a word, a file or a label."""
    return f"Zq{place.title().replace('_', '')}{secrets.token_hex(6)}"


def find_markers(
    haystacks: Iterable[tuple[str, bytes]], markers: Mapping[str, str]
) -> set[Sighting]:
    """Return every sighting of the markers, which are given by place."""
    forms = {place: forms_of(marker) for place, marker in markers.items()}
    found: set[Sighting] = set()
    for name, data in haystacks:
        for layer in layers_of(data):
            folded = layer.lower()
            found |= {
                Sighting(place, form, name)
                for place, needles in forms.items()
                for form, needle, is_folded in needles
                if needle in (folded if is_folded else layer)
            }
    return found


def forms_of(marker: str) -> list[tuple[str, bytes, bool]]:
    """Return (name, bytes to look for, whether in the case-folded haystack)."""
    folded = marker.lower()
    forms = [("text", folded.encode(), True)]
    forms += [(code, folded.encode(code), True) for code in ("utf-16-le", "utf-16-be")]
    for text in (marker, folded, marker.upper()):
        plain = text.encode()
        forms += [
            ("hex", plain.hex().encode(), True),
            ("url", "".join(f"%{byte:02x}" for byte in plain).encode(), True),
            ("json escapes", "".join(f"\\u{byte:04x}" for byte in plain).encode(), True),
        ]
        forms += [(f"base64 +{n}", needle, False) for n, needle in base64_needles(plain)]
    return forms


def base64_needles(plain: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the marker's own part of its base64, for each alignment and both alphabets."""
    for skipped in range(3):
        whole = len(plain) - (skipped + len(plain)) % 3
        body = bytes(skipped) + plain[:whole]
        first = -(-skipped * 4 // 3)
        yield skipped, base64.b64encode(body)[first:]
        yield skipped, base64.urlsafe_b64encode(body)[first:]


def layers_of(data: bytes, depth: int = DEEPEST) -> Iterator[bytes]:
    """Yield the data and everything that is packed inside it."""
    yield data
    if depth:
        for stream in packed_streams(data):
            yield from layers_of(stream, depth - 1)


def packed_streams(data: bytes) -> Iterator[bytes]:
    """Yield what gzip, zlib and zip streams hold, the former two also as base64 or hex."""
    view = memoryview(data)
    for found in MEMBER.finditer(data):
        head = data[found.start() : found.start() + MEMBER_HEAD_BYTES]
        begin = found.start() + MEMBER_HEAD_BYTES + sum(unpack_lengths(head))
        yield from unpacked(view[begin:], RAW)
    for found in PACKED.finditer(data):
        yield from unpacked(view[found.start() :])
    for found in PACKED_BASE64.finditer(data):
        yield from unpacked(base64_bytes(found.group()))
    for found in PACKED_HEX.finditer(data):
        yield from unpacked(bytes.fromhex(found.group().decode()))


def unpack_lengths(head: bytes) -> tuple[int, int]:
    """Return how long a zip member's name is, and what else stands before its stream."""
    return int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")


def base64_bytes(text: bytes) -> bytes:
    """Decode base64 of either alphabet, as far as whole groups of four go."""
    return base64.b64decode(text[: len(text) // 4 * 4], altchars=b"-_" if _is_url(text) else None)


def _is_url(text: bytes) -> bool:
    return b"-" in text or b"_" in text


def unpacked(packed: bytes | memoryview, window: int = GZIP_OR_ZLIB) -> Iterator[bytes]:
    """Yield the stream's content as far as it can be unpacked; a truncated one counts too."""
    unpacker = zlib.decompressobj(window)
    with contextlib.suppress(zlib.error):
        if content := unpacker.decompress(packed, MAX_UNPACKED_BYTES):
            yield content
