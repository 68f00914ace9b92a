"""Parquet: a row an answer, spans and labels as nested columns. Nothing is beyond this format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from worker.store.exports import ExportedAnswer
from worker.store.formats.totals import Exported

GROUP_ROWS = 10_000
SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("label", pa.string())])
RELATION = pa.struct([("head", pa.int32()), ("child", pa.int32()), ("label", pa.string())])
SCHEMA = pa.schema(
    [
        ("text", pa.string()),
        ("spans", pa.list_(SPAN)),
        ("accept", pa.list_(pa.string())),
        ("answer", pa.string()),
        ("meta", pa.string()),
        ("annotator", pa.string()),
        ("timestamp", pa.timestamp("s", tz="UTC")),
        ("flagged", pa.bool_()),
        ("note", pa.string()),
        ("relations", pa.list_(RELATION)),
        ("written", pa.string()),
        ("options", pa.list_(pa.string())),
        ("picked", pa.int32()),
    ]
)
"""Null spans, labels, relations or written text: nobody was asked for them. `meta` is a JSON
object; `head` and `child` are positions among the spans.
"""


def write_parquet(path: Path, answers: Iterable[ExportedAnswer]) -> Exported:
    """Write the answers group by group, so that memory does not grow with the dataset."""
    exported = Exported()
    with parquet.ParquetWriter(path, SCHEMA) as writer:
        for rows in _groups(map(row_of, answers)):
            writer.write_table(pa.Table.from_pylist(rows, SCHEMA))
            exported.written += len(rows)
    return exported


def row_of(answer: ExportedAnswer) -> dict[str, Any]:
    """Return an answer's columns."""
    spans, relations = answer.spans, answer.relations
    return {
        "text": answer.text,
        "spans": None if spans is None else [dict(zip(SPAN.names, s, strict=True)) for s in spans],
        "accept": answer.choices,
        "answer": answer.verdict,
        "meta": answer.meta,
        "annotator": answer.annotator,
        "timestamp": answer.answered_at,
        "flagged": answer.flagged,
        "note": answer.note,
        "relations": None
        if relations is None
        else [dict(zip(RELATION.names, each, strict=True)) for each in relations],
        "written": answer.written,
        "options": answer.options,
        "picked": answer.picked,
    }


def _groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, GROUP_ROWS)):
        yield group
