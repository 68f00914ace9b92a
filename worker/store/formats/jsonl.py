"""JSONL as Prodigy writes it: one object a line; fields that nobody chose are passed over."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

import orjson

from worker.store.formats.lines import bounded_lines, decoded_lines
from worker.store.formats.rows import Record, RowProblem, RowRefused
from worker.store.plans import Encoding, Plan


def read_jsonl(stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
    """Yield a record or a problem for every line that is not blank."""
    for number, line in enumerate(json_lines(stream, plan), start=1):
        if not line.strip():
            continue
        try:
            yield Record(number, object_of(line))
        except RowRefused as refused:
            yield RowProblem(number, refused.code, refused.message)


def json_lines(stream: BinaryIO, plan: Plan) -> Iterator[bytes | str]:
    """Yield the lines; UTF-8 stays bytes, which the parser reads fastest and checks itself."""
    if plan.encoding is not Encoding.UTF_8:
        yield from decoded_lines(stream, plan.encoding)
        return
    lines = bounded_lines(stream)
    yield next(lines, b"").removeprefix(codecs.BOM_UTF8)
    yield from lines


def object_of(line: bytes | str) -> dict[str, object]:
    """Return the JSON object that is the line. Raises: RowRefused."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise RowRefused("row.bad_json", f"Not JSON: {error.msg}, column {error.colno}.") from None
    if not isinstance(value, dict):
        raise RowRefused("row.not_an_object", "The line is JSON but not an object.")
    return value
