"""CSV with a header row. A `spans` column may hold JSON; line ends inside quotes are kept."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, BinaryIO

from worker.store.formats.lines import decoded_stream
from worker.store.formats.rows import Record, RowProblem
from worker.store.plans import Plan

FIELD_LIMIT_CODEPOINTS = 16 * 1024 * 1024
"""The csv module's own limit of 131,072 is below a long document; ours is checked per text."""


def read_csv(stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
    """Yield every record that is not blank; `line` is where the record starts."""
    csv.field_size_limit(FIELD_LIMIT_CODEPOINTS)
    text = decoded_stream(stream, plan.encoding, newline="")
    reader = csv.reader(text, delimiter=plan.delimiter, strict=True)
    header: list[str] | None = None
    while (record := _next_record(reader)) is not None:
        line, cells = record
        if isinstance(cells, RowProblem):
            yield cells
            return
        if header is None:
            header = [name.removeprefix("\ufeff").strip() for name in cells]
        elif cells:
            yield _record_of(line, header, cells)


def _next_record(reader: Any) -> tuple[int, list[str] | RowProblem] | None:
    """Return the next record with its first line; after a syntax error nothing can be trusted."""
    line = reader.line_num + 1
    try:
        return line, next(reader)
    except StopIteration:
        return None
    except csv.Error as error:
        return line, RowProblem(line, "row.bad_csv", f"Not CSV from here on: {error}.")


def _record_of(line: int, header: list[str], cells: list[str]) -> Record | RowProblem:
    if len(cells) != len(header):
        message = f"The row has {len(cells)} cells, the header {len(header)}."
        return RowProblem(line, "row.wrong_width", message)
    return Record(line, dict(zip(header, cells, strict=True)))
