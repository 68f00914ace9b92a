"""Guessing a plan: the format from a file's first bytes, the columns from its first rows."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any, BinaryIO

import orjson

from worker.store.formats.columns import columns_of, with_columns
from worker.store.formats.conll import looks_like_conll
from worker.store.formats.delimiters import guess_delimiter, has_quotes
from worker.store.formats.encodings import decoded_sample, guess_encoding
from worker.store.formats.json_ import elements
from worker.store.formats.label_studio import is_task
from worker.store.formats.packed import unpacked
from worker.store.formats.readers import read_records
from worker.store.formats.rows import FileUnreadable, Record
from worker.store.plans import Encoding, FileFormat, Plan

SAMPLE_BYTES = 256 * 1024
LOOKED_AT_ROWS = 1000
PARQUET = b"PAR1"
SPACY_KEY = b"version"
"""The first key of the message that a .spacy file packs."""
ARRAY = re.compile(r"\s*\[\s*[\{\]]")
CONLL_NAMES = (".conll", ".conllu", ".conllup", ".iob", ".iob2", ".bio", ".bilou")
TABLE_NAMES = (".csv", ".tsv")


def guess_plan(stream: BinaryIO, file_name: str) -> Plan:
    """Return the most likely plan; the file's name only breaks ties.

    The stream stands at its start and can seek. What cannot be read at all is shown by the preview.
    """
    plan = Plan(format=FileFormat.TXT)
    # A damaged file may tell its format, and not its columns.
    with suppress(FileUnreadable, UnicodeError):
        source = unpacked(stream)
        plan = guess_format(source.read(SAMPLE_BYTES), file_name.lower().removesuffix(".gz"))
        source.seek(0)
        rows = list(_first_rows(source, plan))
        plan = plan if plan.format is FileFormat.TXT else with_columns(plan, columns_of(rows))
    return plan


def guess_format(sample: bytes, name: str) -> Plan:
    """Return a plan with the format and how its text is to be read. `name` is in lower case."""
    if sample.startswith(PARQUET):
        return Plan(format=FileFormat.PARQUET)
    if is_spacy(sample):
        return Plan(format=FileFormat.SPACY)
    encoding = guess_encoding(sample)
    text = decoded_sample(sample, encoding)
    if found := _json_format(sample, text, encoding):
        return Plan(format=found, encoding=encoding)
    if name.endswith(CONLL_NAMES) or looks_like_conll(text):
        return Plan(format=FileFormat.CONLL, encoding=encoding)
    if name.endswith(".txt"):
        return Plan(format=FileFormat.TXT, encoding=encoding)
    return _table_plan(text, name, encoding)


def is_spacy(sample: bytes) -> bool:
    """Tell whether a file that begins like this is one of spaCy's."""
    try:
        return SPACY_KEY in zlib.decompressobj().decompress(sample, 64)
    except zlib.error:
        return False


def _first_rows(stream: BinaryIO, plan: Plan) -> Iterator[Mapping[str, Any]]:
    with suppress(FileUnreadable, UnicodeError):
        for record in islice(read_records(stream, plan), LOOKED_AT_ROWS):
            if isinstance(record, Record):
                yield record.fields


def _json_format(sample: bytes, text: str, encoding: Encoding) -> FileFormat | None:
    if ARRAY.match(text):
        with suppress(FileUnreadable, UnicodeError):
            if is_task(next(elements(io.BytesIO(sample), encoding), None)):
                return FileFormat.LABEL_STUDIO
        return FileFormat.JSON
    first = next((line for line in text.split("\n") if line.strip()), "")
    return FileFormat.JSONL if _is_object(first) else None


def _is_object(line: str) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        # A single object longer than the sample, or a first row that is bad: its start tells.
        return line.lstrip().startswith('{"')


def _table_plan(text: str, name: str, encoding: Encoding) -> Plan:
    delimiter = guess_delimiter(text)
    if delimiter is None and not name.endswith(TABLE_NAMES):
        return Plan(format=FileFormat.TXT, encoding=encoding)
    delimiter = delimiter or ("\t" if name.endswith(".tsv") else ",")
    quoted = has_quotes(text, delimiter)
    if delimiter == "\t":
        return Plan(format=FileFormat.TSV, encoding=encoding, quoted=quoted)
    return Plan(format=FileFormat.CSV, encoding=encoding, delimiter=delimiter, quoted=quoted)
