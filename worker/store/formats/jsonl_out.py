"""JSONL as Prodigy writes it, so that its tools and our own import read it back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from worker.store.exports import ExportedAnswer
from worker.store.formats.totals import Exported
from worker.store.tokens import token_edges


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
    if exported.relations is not None:
        annotation |= joined(exported)
    if exported.choices is not None:
        annotation["accept"] = exported.choices
        if len(exported.choices) == 1:
            annotation["label"] = exported.choices[0]
    if exported.written is not None:
        annotation["written"] = exported.written
    if exported.options:
        annotation |= {"options": exported.options, "picked": exported.picked}
    return annotation


def joined(exported: ExportedAnswer) -> dict[str, Any]:
    """Return spans and relations in Prodigy's form, which joins tokens by their numbers.

    Its `head` and `child` are the last tokens of their spans; the spans themselves stand beside.
    """
    edges = token_edges(exported.text)
    spans = [_with_tokens(span, edges) for span in exported.spans or ()]
    relations = [
        {
            "head": spans[head]["token_end"],
            "child": spans[child]["token_end"],
            "head_span": spans[head],
            "child_span": spans[child],
            "label": label,
        }
        for head, child, label in exported.relations or ()
    ]
    tokens = [_token_of(exported.text, number, edge) for number, edge in enumerate(edges)]
    return {"tokens": tokens, "spans": spans, "relations": relations}


def _with_tokens(span: tuple[int, int, str], edges: list[tuple[int, int]]) -> dict[str, Any]:
    """Return a span with its first and last token; a token that it cuts counts too."""
    start, end, label = span
    first = bisect_right(edges, start, key=itemgetter(1))
    last = max(first, bisect_left(edges, end, key=itemgetter(0)) - 1)
    return {"start": start, "end": end, "token_start": first, "token_end": last, "label": label}


def _token_of(text: str, number: int, edge: tuple[int, int]) -> dict[str, Any]:
    start, end = edge
    is_followed = text[end : end + 1] == " "
    return {"text": text[start:end], "start": start, "end": end, "id": number, "ws": is_followed}


def short_hash(input_hash: bytes) -> int:
    """Return the signed 32 bits that Prodigy's tools expect as `_input_hash`."""
    return int.from_bytes(input_hash[:4], "big", signed=True)
