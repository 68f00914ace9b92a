"""Guessing an encoding."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from worker.store.plans import Encoding

_EIGHT_BIT = tuple(e for e in Encoding if not e.value.startswith("utf"))


def guess_encoding(sample: bytes) -> Encoding:
    """Return UTF-8 whenever the bytes allow it; else the likeliest of the encodings we read."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding.UTF_16
    try:
        # The sample may end inside a character, so its end is not final.
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
        return Encoding.UTF_8
    except UnicodeDecodeError:
        best = from_bytes(sample, cp_isolation=[e.value for e in _EIGHT_BIT]).best()
    return _encoding_named(best.encoding) if best else Encoding.WINDOWS_1252


def decoded_sample(sample: bytes, encoding: Encoding) -> str:
    """Return the sample as text; what cannot be decoded is replaced."""
    codec = "utf-8-sig" if encoding is Encoding.UTF_8 else encoding.value
    return sample.decode(codec, errors="replace")


def _encoding_named(name: str) -> Encoding:
    by_codec = {codecs.lookup(e.value).name: e for e in Encoding}
    return by_codec.get(codecs.lookup(name).name, Encoding.WINDOWS_1252)
