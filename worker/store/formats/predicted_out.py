"""What a predictor said of texts, as JSONL or Parquet, written row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

import orjson
from annex.contract.enums import PredictedFormat

BATCH_ROWS = 2000


@dataclass(frozen=True, slots=True)
class PredictedRow:
    """A text with its marks (start, end, label; code points, end excluded), the labels chosen for
    the whole of it with how sure each is, the meta that came with it, and what its parts hang from
    (start and end, those of the head, label).
    """

    text: str
    spans: Sequence[tuple[int, int, str]] = ()
    choices: Sequence[str] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    arcs: Sequence[tuple[int, int, int, int, str]] = ()


class PredictedWriter(Protocol):
    """Writes a file; within `with`, which completes it."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *raised: object) -> None: ...

    def write(self, row: PredictedRow) -> None:
        """Add one row."""


def predicted_writer(path: Path, kind: PredictedFormat) -> PredictedWriter:
    """Return the writer of a file; pyarrow is imported only for Parquet."""
    return ParquetRows(path) if kind is PredictedFormat.PARQUET else JsonRows(path)


class JsonRows:
    """One object a line: `text`, `spans`, `accept` (the labels chosen), `scores`, `relations`
    (`head_span`, `child_span`, label), `meta`.
    """

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._stream.close()

    def write(self, row: PredictedRow) -> None:
        """Add one row."""
        spans = [{"start": start, "end": end, "label": label} for start, end, label in row.spans]
        task: dict[str, Any] = {"text": row.text, "spans": spans}
        relations = [relation_of(arc) for arc in row.arcs]
        optional = {
            "accept": row.choices,
            "scores": row.scores,
            "relations": relations,
            "meta": row.meta,
        }
        task |= {name: value for name, value in optional.items() if value}
        self._stream.write(orjson.dumps(task, option=orjson.OPT_APPEND_NEWLINE))


def relation_of(arc: tuple[int, int, int, int, str]) -> dict[str, Any]:
    """Return an arc as files have it, with the spans that it joins."""
    start, end, head_start, head_end, label = arc
    return {
        "head_span": {"start": head_start, "end": head_end},
        "child_span": {"start": start, "end": end},
        "label": label,
    }


class ParquetRows:
    """Columns `text`, `spans` (list of start, end, label), `accept`, `scores`, `meta` (as JSON),
    `relations` (list of `head_span`, `child_span`, label).
    """

    def __init__(self, path: Path) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        place, label = [("start", pa.int64()), ("end", pa.int64())], ("label", pa.string())
        ends = [("head_span", pa.struct(place)), ("child_span", pa.struct(place))]
        self._schema = pa.schema(
            [
                ("text", pa.string()),
                ("spans", pa.list_(pa.struct([*place, label]))),
                ("accept", pa.list_(pa.string())),
                ("scores", pa.map_(pa.string(), pa.float64())),
                ("meta", pa.string()),
                ("relations", pa.list_(pa.struct([*ends, label]))),
            ]
        )
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if raised[0] is None:
            self._flush()
        self._writer.close()

    def write(self, row: PredictedRow) -> None:
        """Add one row; a batch is held back until it is full."""
        spans = [{"start": start, "end": end, "label": label} for start, end, label in row.spans]
        self._rows.append(
            {
                "text": row.text,
                "spans": spans,
                "accept": list(row.choices),
                "scores": list(row.scores.items()),
                "meta": orjson.dumps(row.meta).decode(),
                "relations": [relation_of(arc) for arc in row.arcs],
            }
        )
        if len(self._rows) >= BATCH_ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []
