"""JSONL as Prodigy writes it, so that its tools and our own import read it back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from worker.store.exports import ExportedAnswer
from worker.store.formats.totals import Exported


def write_jsonl(path: Path, answers: Iterable[ExportedAnswer]) -> Exported:
    """Write one object a line; nothing is beyond this format."""
    written = 0
    with path.open("wb") as stream:
        for exported in answers:
            stream.write(orjson.dumps(task_of(exported), option=orjson.OPT_APPEND_NEWLINE))
            written += 1
    return Exported(written, 0)


def task_of(exported: ExportedAnswer) -> dict[str, Any]:
    """Return an answer in the shape of a Prodigy task; `_annotator` is the subject's id."""
    answer, example = exported.answer, exported.answer.example
    task = {
        "text": example.text,
        "spans": [
            {"start": start, "end": end, "label": label} for start, end, label in exported.spans
        ],
        "answer": answer.verdict,
        "meta": example.meta,
        "_input_hash": short_hash(bytes(example.input_hash)),
        "_annotator": str(answer.annotator),
        "_timestamp": int(answer.answered_at.timestamp()),
    }
    remarks = {"flagged": answer.flagged, "note": answer.note}
    return task | {name: value for name, value in remarks.items() if value}


def short_hash(input_hash: bytes) -> int:
    """Return the signed 32 bits that Prodigy's tools expect as `_input_hash`."""
    return int.from_bytes(input_hash[:4], "big", signed=True)
