"""Which reader reads which format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from worker.store.formats.csv_ import read_csv
from worker.store.formats.jsonl import read_jsonl
from worker.store.formats.rows import Reader, Row, RowProblem
from worker.store.formats.txt import read_txt
from worker.store.plans import FileFormat, Plan

READERS: dict[FileFormat, Reader] = {
    FileFormat.JSONL: read_jsonl,
    FileFormat.CSV: read_csv,
    FileFormat.TXT: read_txt,
}


def read_rows(stream: BinaryIO, plan: Plan) -> Iterator[Row | RowProblem]:
    """Yield the file's rows and problems in order, as the plan says."""
    return READERS[plan.format](stream, plan)
