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
    """Return an answer as a Prodigy task, for orjson; `_annotator` is the subject's id."""
    task = {
        "text": exported.text,
        **annotation_of(exported),
        "answer": exported.verdict,
        "meta": orjson.Fragment(exported.meta),
        "_input_hash": short_hash(exported.input_hash),
        "_annotator": exported.annotator,
        "_timestamp": exported.answered_at,
    }
    if exported.flagged:
        task["flagged"] = True
    if exported.note:
        task["note"] = exported.note
    return task


def annotation_of(exported: ExportedAnswer) -> dict[str, Any]:
    """Return what was said; a single label also in Prodigy's form for yes or no."""
    annotation: dict[str, Any] = {}
    if exported.spans is not None:
        annotation["spans"] = [
            {"start": start, "end": end, "label": label} for start, end, label in exported.spans
        ]
    if exported.choices is not None:
        annotation["accept"] = exported.choices
        if len(exported.choices) == 1:
            annotation["label"] = exported.choices[0]
    if exported.written is not None:
        annotation["written"] = exported.written
    if exported.options:
        annotation |= {"options": exported.options, "picked": exported.picked}
    return annotation


def short_hash(input_hash: bytes) -> int:
    """Return the signed 32 bits that Prodigy's tools expect as `_input_hash`."""
    return int.from_bytes(input_hash[:4], "big", signed=True)
