"""Decoding a stream line by line without touching what is in the lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, AnyStr, BinaryIO

from worker.store.plans import Encoding

BOM = "\ufeff"
MAX_LINE = 64 * 1024 * 1024
"""Bytes or code points; the longest text we take needs a fifth of it, every character escaped."""
LINE_ENDS = ("\n", "\r", b"\n")


def decoded_stream(stream: BinaryIO, encoding: Encoding, *, newline: str) -> io.TextIOWrapper:
    """Return the stream as text; what cannot be decoded becomes lone surrogates for the checks.

    Raises: UnicodeError while reading UTF-16 that is not UTF-16.
    """
    return io.TextIOWrapper(
        stream, encoding=_codec(encoding), errors=_errors(encoding), newline=newline
    )


def decoded_lines(stream: BinaryIO, encoding: Encoding) -> Iterator[str]:
    """Yield lines that end at a line feed and nowhere else; U+2028 and the like stay inside."""
    lines = bounded_lines(decoded_stream(stream, encoding, newline="\n"))
    for number, line in enumerate(lines):
        yield line.removeprefix(BOM) if number == 0 else line


def bounded_lines(stream: IO[AnyStr]) -> Iterator[AnyStr]:
    """Yield lines; of one that is too long for any row only the start, which no row can be."""
    while line := stream.readline(MAX_LINE):
        yield line
        rest = line
        while len(rest) == MAX_LINE and rest[-1:] not in LINE_ENDS:
            rest = stream.readline(MAX_LINE)


def _codec(encoding: Encoding) -> str:
    return "utf-8-sig" if encoding is Encoding.UTF_8 else encoding.value


def _errors(encoding: Encoding) -> str:
    # A bad pair would put all of UTF-16 out of step, so the file is refused as a whole.
    return "strict" if encoding.value.startswith("utf-16") else "surrogateescape"
