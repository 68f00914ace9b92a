"""The search for markers sees each form that it claims to see, and nothing else."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.egress.canaries import find_markers, marker_for

Disguise = Callable[[bytes], bytes]


def zipped(name: str, content: bytes) -> bytes:
    """Return a zip file with one packed member."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


DISGUISES: dict[str, Disguise] = {
    "as it is": lambda text: text,
    "case folded": bytes.lower,
    "upper case": bytes.upper,
    "base64": base64.b64encode,
    "base64, url alphabet": base64.urlsafe_b64encode,
    "base64 of the folded text": lambda text: base64.b64encode(text.lower()),
    "url": lambda text: "".join(f"%{byte:02X}" for byte in text).encode(),
    "hex": lambda text: text.hex().encode(),
    "upper hex": lambda text: text.hex().upper().encode(),
    "utf-16 le": lambda text: text.decode().encode("utf-16-le"),
    "utf-16 be": lambda text: text.decode().encode("utf-16-be"),
    "utf-16 with a mark": lambda text: text.decode().encode("utf-16"),
    "json escapes": lambda text: "".join(f"\\u{byte:04x}" for byte in text).encode(),
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zlib, level 1": lambda text: zlib.compress(text, 1),
    "base64 of gzip": lambda text: base64.b64encode(gzip.compress(text)),
    "url base64 of zlib": lambda text: base64.urlsafe_b64encode(zlib.compress(text)),
    "hex of gzip": lambda text: gzip.compress(text).hex().encode(),
    "gzip of a base64 of zlib": lambda text: gzip.compress(base64.b64encode(zlib.compress(text))),
    "zip": lambda text: zipped("file.txt", text),
    "name in a zip": lambda text: zipped(text.decode(), b""),
    "gzip cut short": lambda text: gzip.compress(text)[:-8],
}


@pytest.mark.parametrize("alignment", range(3))
@pytest.mark.parametrize("name", DISGUISES)
def test_a_planted_marker_is_found(name: str, alignment: int) -> None:
    marker = marker_for("text")
    said = b"." * alignment + f"before {marker} after".encode()
    haystack = b"POST /link/v1/events\r\n\r\n" + DISGUISES[name](said) + b"\r\n"
    found = find_markers([("wire", haystack)], {"text": marker, "note": marker_for("note")})
    assert {(one.place, one.haystack) for one in found} == {("text", "wire")}


def test_clean_bytes_are_clean() -> None:
    said = json.dumps({"type": "job.state", "text": quote("nothing of ours")}).encode()
    haystacks = [("wire", said), ("packed", gzip.compress(said))]
    assert find_markers(haystacks, {"text": marker_for("text")}) == set()
