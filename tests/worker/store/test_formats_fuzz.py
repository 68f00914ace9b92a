"""Any bytes under any plan give rows, problems or a refusal, and never anything else."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.worker.store.test_formats import CONLL_2003, DOCCANO, STUDIO, in_parquet, in_spacy
from worker.store.formats.detect import guess_plan
from worker.store.formats.rows import FileUnreadable
from worker.store.plans import FileFormat, Plan
from worker.store.preview import preview_source
from worker.store.sources import Source, SourceFile

SEEDS = {
    FileFormat.JSONL: DOCCANO,
    FileFormat.JSON: STUDIO,
    FileFormat.LABEL_STUDIO: STUDIO,
    FileFormat.CSV: b'text,label\n"a ""b"" c",x\nd,y\n',
    FileFormat.TSV: b'text\tlabel\n"a\tb"\tx\nd\ty\n',
    FileFormat.TXT: b"a\nb\n",
    FileFormat.CONLL: CONLL_2003,
    FileFormat.PARQUET: in_parquet(),
    FileFormat.SPACY: in_spacy(),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["text", "spans", "label", "labels", "start", "end", "data", "result",
                         "annotations", "choices", "value", "type", "meta", "answer"])
        | st.text(max_size=3),
        inner, max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def look(body: bytes, plan: Plan) -> None:
    """Guess a plan and preview the file under it and under the one given, as the Data page does."""
    for each in (plan, guess_plan(io.BytesIO(body), "x")):
        with suppress(FileUnreadable, UnicodeError):
            preview_source(Source([SourceFile("", lambda: io.BytesIO(body))]), each, {})


def plan_of(kind: FileFormat) -> Plan:
    return Plan(format=kind, spans_column="spans", choices_column="label", meta_columns=["meta"])


@pytest.mark.parametrize("kind", FileFormat)
@given(data=st.data())
@QUICK
def test_any_bytes_are_survived(kind: FileFormat, data: Any) -> None:
    look(data.draw(st.binary(max_size=300)), plan_of(kind))


@pytest.mark.parametrize("kind", FileFormat)
@given(data=st.data())
@QUICK
def test_any_damage_is_survived(kind: FileFormat, data: Any) -> None:
    body = bytearray(SEEDS[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        body = body or bytearray(b"x")
    damaged = bytes(body)
    look(gzip.compress(damaged) if data.draw(st.booleans()) else damaged, plan_of(kind))


@given(data=st.data())
@QUICK
def test_any_damage_within_a_spacy_file_is_survived(data: Any) -> None:
    inner = bytearray(zlib.decompress(SEEDS[FileFormat.SPACY]))
    inner[data.draw(st.integers(0, len(inner) - 1))] = data.draw(st.integers(0, 255))
    look(zlib.compress(bytes(inner)), plan_of(FileFormat.SPACY))


@given(rows=st.lists(JSON, max_size=4))
@QUICK
def test_any_json_is_survived(rows: list[Any]) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    look(lines, plan_of(FileFormat.JSONL))
    for kind in (FileFormat.JSON, FileFormat.LABEL_STUDIO):
        look(json.dumps(rows).encode(), plan_of(kind))


@pytest.mark.parametrize("kind", [FileFormat.JSONL, FileFormat.JSON, FileFormat.LABEL_STUDIO])
def test_deep_nesting_is_survived(kind: FileFormat) -> None:
    deep = b"[" * 900 + b"]" * 900
    row = b'{"text": "a", "data": {"text": "a"}, "annotations": [], "meta": ' + deep + b"}"
    look(row if kind is FileFormat.JSONL else b"[" + row + b"]", plan_of(kind))
    hopeless = b"[" * 200_000
    look(b'{"text": ' + hopeless if kind is FileFormat.JSONL else hopeless, plan_of(kind))
