"""Parquet files, read batch by batch. Columns keep their names; nested values become JSON's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import parquet

from worker.store.formats.rows import FileUnreadable, Record, RowProblem
from worker.store.plans import Plan

MAGIC = b"PAR1"
BATCH_ROWS = 1000
BUFFER_BYTES = 1024 * 1024
MAX_COLUMNS = 2000
MAX_CHUNK_BYTES = 4 * 1024**3
"""Of one column in one group of rows, unpacked, as the file itself says."""
BROKEN = (pa.ArrowException, OSError, ValueError, OverflowError)


def read_parquet(stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
    """Yield a record for every row; `line` counts rows from 1. Raises: FileUnreadable."""
    file, number = open_parquet(stream), 1
    for batch in _batches(file):
        for fields in _rows(batch):
            if fields is None:
                yield RowProblem(number, "text.bad_encoding", "This row has a value out of range.")
            else:
                yield Record(number, fields)
            number += 1


def open_parquet(stream: BinaryIO) -> parquet.ParquetFile:
    """Open the file and check what it says of its size. Raises: FileUnreadable."""
    try:
        file = parquet.ParquetFile(stream, buffer_size=BUFFER_BYTES, pre_buffer=False)
    except BROKEN:
        raise FileUnreadable("It is not a Parquet file, encrypted, or damaged.") from None
    if file.metadata.num_columns > MAX_COLUMNS:
        raise FileUnreadable(f"It has more than {MAX_COLUMNS:,} columns.")
    if any(_chunk_bytes(file, group) > MAX_CHUNK_BYTES for group in range(file.num_row_groups)):
        raise FileUnreadable("A group of its rows is too large; write it in smaller ones.")
    return file


def first_rows(stream: BinaryIO, count: int) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the names of the columns and some rows. Raises: FileUnreadable."""
    file = open_parquet(stream)
    batch = next(_batches(file), None)
    rows = list(_rows(batch.slice(0, count))) if batch is not None else []
    return file.schema_arrow.names, [row for row in rows if row is not None]


def _chunk_bytes(file: parquet.ParquetFile, group: int) -> int:
    columns = range(file.metadata.num_columns)
    rows = file.metadata.row_group(group)
    return max((rows.column(n).total_uncompressed_size for n in columns), default=0)


def _batches(file: parquet.ParquetFile) -> Iterator[pa.RecordBatch]:
    batches = file.iter_batches(BATCH_ROWS, use_threads=False)
    while True:
        try:
            batch = next(batches)
        except StopIteration:
            return
        except BROKEN:
            raise FileUnreadable("It is a Parquet file, but damaged.") from None
        yield batch


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | None]:
    """Yield the batch's rows; None for one that holds what Python cannot."""
    try:
        yield from batch.to_pylist()
    except (pa.ArrowException, ValueError, OverflowError):
        if batch.num_rows == 1:
            yield None
        else:
            for place in range(batch.num_rows):
                yield from _rows(batch.slice(place, 1))
