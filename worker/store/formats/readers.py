"""Which reader reads which format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from worker.store.formats.cells import row_of
from worker.store.formats.conll import read_conll
from worker.store.formats.csv_ import read_csv, read_tsv
from worker.store.formats.json_ import read_json
from worker.store.formats.jsonl import read_jsonl
from worker.store.formats.label_studio import read_label_studio
from worker.store.formats.rows import Reader, Record, Row, RowProblem, RowRefused
from worker.store.formats.txt import read_txt
from worker.store.plans import FileFormat, Plan

READERS: dict[FileFormat, Reader] = {
    FileFormat.JSONL: read_jsonl,
    FileFormat.JSON: read_json,
    FileFormat.LABEL_STUDIO: read_label_studio,
    FileFormat.CSV: read_csv,
    FileFormat.TSV: read_tsv,
    FileFormat.TXT: read_txt,
    FileFormat.CONLL: read_conll,
}


def reader_for(file_format: FileFormat) -> Reader:
    """Return the format's reader; what is slow to import is imported only where it is needed."""
    if file_format is FileFormat.PARQUET:
        from worker.store.formats.parquet_in import read_parquet

        return read_parquet
    if file_format is FileFormat.SPACY:
        from worker.store.formats.spacy_in import read_spacy

        return read_spacy
    return READERS[file_format]


def read_records(stream: BinaryIO, plan: Plan) -> Iterator[Record | RowProblem]:
    """Yield the file's records and problems in order.

    Raises: FileUnreadable (customer); UnicodeError for broken UTF-16.
    """
    yield from reader_for(plan.format)(stream, plan)


def read_rows(stream: BinaryIO, plan: Plan) -> Iterator[Row | RowProblem]:
    """Yield the file's rows and problems in order, as the plan's columns say."""
    for record in read_records(stream, plan):
        yield record if isinstance(record, RowProblem) else understand(record, plan)


def understand(record: Record, plan: Plan) -> Row | RowProblem:
    """Return the row that a record holds, or why it holds none."""
    try:
        return row_of(record.line, record.fields, plan)
    except RowRefused as refused:
        return RowProblem(record.line, refused.code, refused.message)
