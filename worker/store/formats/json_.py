"""JSON files that are one array of objects, read element by element."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import ijson
from ijson.common import ObjectBuilder

from worker.store.formats.lines import decoded_stream
from worker.store.formats.rows import FileUnreadable, Record, RowProblem
from worker.store.plans import Encoding, Plan

MAX_ELEMENT_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 200
READ_BYTES = 64 * 1024


def read_json(stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
    """Yield a record or a problem for every element; `line` counts elements from 1."""
    for number, element in enumerate(elements(stream, plan.encoding), start=1):
        if isinstance(element, dict):
            yield Record(number, element)
        else:
            yield RowProblem(number, "row.not_an_object", "This element is not an object.")


def elements(stream: BinaryIO, encoding: Encoding = Encoding.UTF_8) -> Iterator[Any]:
    """Yield the array's elements. Raises: FileUnreadable when the file is no array, or no more."""
    source, number = Utf8(stream, encoding), 0
    found = _elements(ijson.basic_parse(source, buf_size=READ_BYTES, use_float=True))
    while True:
        try:
            element = next(found)
        except StopIteration:
            return
        except UnicodeError:
            raise
        except (ijson.JSONError, ValueError):
            raise FileUnreadable(f"It is not a JSON array after element {number:,}.") from None
        number += 1
        source.allow(MAX_ELEMENT_BYTES)
        yield element


def _elements(events: Iterable[tuple[str, Any]]) -> Iterator[Any]:
    """Build each element from the parser's events, which carry no paths that grow with depth."""
    builder, depth = ObjectBuilder(), 0
    for event, value in events:
        depth += event.startswith("start_")
        depth -= event.startswith("end_")
        if depth > MAX_DEPTH:
            raise FileUnreadable("It is nested too deeply.")
        if depth == 0 and event != "end_array":
            raise FileUnreadable("It is JSON, but not an array of objects.")
        if depth == 0 or (depth == 1 and event == "start_array"):
            continue
        builder.event(event, value)
        if depth == 1:
            yield builder.value
            builder = ObjectBuilder()


class Utf8:
    """The file's bytes as UTF-8 without a byte order mark, no more than allowed at a time."""

    def __init__(self, stream: BinaryIO, encoding: Encoding) -> None:
        self._read = _utf8_reader(stream, encoding)
        self._is_begun = False
        self._left = MAX_ELEMENT_BYTES

    def read(self, size: int) -> bytes:
        """Return the next bytes. Raises: FileUnreadable for an element that is too long."""
        chunk = self._read(size)
        if chunk and not self._is_begun:
            chunk, self._is_begun = chunk.removeprefix(codecs.BOM_UTF8), True
        self._left -= len(chunk)
        if self._left < 0:
            raise FileUnreadable(f"One element is longer than {MAX_ELEMENT_BYTES:,} bytes.")
        return chunk

    def allow(self, size: int) -> None:
        """Let this many bytes be read from here on."""
        self._left = size


def _utf8_reader(stream: BinaryIO, encoding: Encoding) -> Callable[[int], bytes]:
    if encoding is Encoding.UTF_8:
        return stream.read
    text = decoded_stream(stream, encoding, newline="")
    return lambda size: text.read(size).encode("utf-8", "surrogatepass")
