"""Exports: what goes out comes in again, offsets and all."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import spacy
from annex.contract.enums import FailureCode
from django.utils import timezone
from spacy.tokens import DocBin

from tests.worker.cast import Stage
from tests.worker.store.conftest import JSONL, give_file
from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.link.models import OutboxEvent
from worker.store.files import stored_files
from worker.store.models import Answer, Artefact, Example

Run = Callable[..., JobContext]

TEXTS: list[tuple[str, list[str]]] = [
    ("👩‍👩‍👧 says 👍🏽 to café", ["👩‍👩‍👧", "👍🏽", "café"]),
    ("e\u0301tude and nai\u0308ve", ["e\u0301tude", "i\u0308"]),
    ("first\r\nsecond\r\n\r\n  third ", ["second\r\n", " third "]),
    ("زار محمد مدينة القاهرة أمس", ["محمد", "القاهرة"]),
    ("דני גר בתל־אביב", ["דני", "תל־אביב"]),
    ("東京都に住んでいます", ["東京都", "ん"]),
    (
        "tab\tand nbsp\u00a0and\u2028separator \U0001d518\U0001d52b",
        ["\u00a0and\u2028", "\U0001d518"],
    ),
    ("  leading", [" "]),
    ("don't split-me", ["n", "split", "me"]),
]


def span_rows(text: str, marked: list[str]) -> list[dict[str, Any]]:
    starts = [text.index(piece) for piece in marked]
    return [
        {"start": start, "end": start + len(piece), "label": ("FIELD", "VALUE")[n % 2]}
        for n, (start, piece) in enumerate(zip(starts, marked, strict=True))
    ]


def import_texts(stage: Stage, run_import: Run) -> list[dict[str, Any]]:
    rows = [
        {"text": text, "spans": span_rows(text, marked), "answer": "accept", "meta": {"n": n}}
        for n, (text, marked) in enumerate(TEXTS)
    ]
    body = "".join(json.dumps(row) + "\n" for row in rows)
    give_file(stage, body, {**JSONL, "meta_columns": ["meta"]})
    run_import()
    return rows


def exported_bytes(context: JobContext) -> bytes:
    artefact = Artefact.objects.get(id=context.job)
    with stored_files().open(artefact.file_key) as stream:
        return stream.read()


def test_jsonl_comes_back_equal(stage: Stage, run_import: Run, run_export: Run) -> None:
    rows = import_texts(stage, run_import)
    body = exported_bytes(run_export())
    written = [json.loads(line) for line in body.split(b"\n") if line]
    kept = [{key: row[key] for key in ("text", "spans", "answer", "meta")} for row in written]
    assert kept == rows
    Example.objects.all().delete()
    give_file(stage, body, {**JSONL, "meta_columns": ["meta"]})
    run_import()
    again = [json.loads(line) for line in exported_bytes(run_export()).split(b"\n") if line]
    volatile = {"_timestamp"}
    assert [{k: v for k, v in row.items() if k not in volatile} for row in again] == [
        {k: v for k, v in row.items() if k not in volatile} for row in written
    ]


def test_spacy_holds_every_text_and_span(stage: Stage, run_import: Run, run_export: Run) -> None:
    rows = import_texts(stage, run_import)
    documents = DocBin().from_bytes(exported_bytes(run_export(format="spacy")))
    docs = list(documents.get_docs(spacy.blank("xx").vocab))
    assert [doc.text for doc in docs] == [row["text"] for row in rows]
    assert [
        [{"start": e.start_char, "end": e.end_char, "label": e.label_} for e in doc.ents]
        for doc in docs
    ] == [row["spans"] for row in rows]
    assert docs[1].user_data["meta"] == {"n": 1}


def test_what_spacy_cannot_hold_is_counted(stage: Stage, run_import: Run, run_export: Run) -> None:
    give_file(stage, '{"text": "a", "answer": "accept"}\n{"text": "b", "answer": "reject"}\n')
    run_import()
    context = run_export(format="spacy")
    figures = Artefact.objects.get(id=context.job).details
    assert (figures["examples"], figures["not_expressible"]) == (1, 1)
    body = OutboxEvent.objects.get(kind="export.written").body
    assert (body["examples"], body["not_expressible"]) == (1, 1)


def test_every_persons_answer_is_exported(stage: Stage, run_import: Run, run_export: Run) -> None:
    give_file(stage, '{"text": "a", "answer": "accept"}\n')
    run_import()
    person = uuid.uuid4()
    Answer.objects.create(
        id=uuid.uuid4(), example=Example.objects.get(), task_id=stage.task.id, annotator=person,
        verdict="ignore", flagged=True, note="odd", answered_at=timezone.now(),
    )  # fmt: skip
    rows = [json.loads(line) for line in exported_bytes(run_export()).split(b"\n") if line]
    assert [row["answer"] for row in rows] == ["accept", "ignore"]
    assert (rows[1]["_annotator"], rows[1]["flagged"], rows[1]["note"]) == (
        str(person),
        True,
        "odd",
    )
    assert "flagged" not in rows[0]


def test_nothing_answered_is_nothing_to_export(stage: Stage, run_export: Run) -> None:
    with pytest.raises(JobFailure) as raised:
        run_export()
    assert raised.value.code == FailureCode.NO_EXAMPLES


def test_what_conll_cannot_hold_is_listed_on_the_cluster_only(
    stage: Stage, run_import: Run, run_export: Run
) -> None:
    give_file(
        stage,
        '{"text": "set Size", "spans": [{"start": 4, "end": 8, "label": "FIELD"}]}\n'
        '{"text": "secret words", "answer": "reject"}\n',
    )
    run_import()
    context = run_export(format="conll")
    assert exported_bytes(context) == b"set\tO\nSize\tB-FIELD\n\n"
    figures = Artefact.objects.get(id=context.job).details
    assert (figures["examples"], figures["not_expressible"]) == (1, 1)
    assert figures["lacking"] == [
        {"lack": "verdict", "leaves_out": True, "count": 1, "texts": ["secret words"]}
    ]
    told = OutboxEvent.objects.get(kind="export.written").body
    assert told["not_expressible"] == 1
    assert "secret" not in json.dumps(told)


def test_parquet_comes_back_equal(stage: Stage, run_import: Run, run_export: Run) -> None:
    rows = import_texts(stage, run_import)
    body = exported_bytes(run_export(format="parquet"))
    Example.objects.all().delete()
    give_file(stage, body, {**JSONL, "format": "parquet", "meta_columns": ["meta"]})
    run_import()
    again = [json.loads(line) for line in exported_bytes(run_export()).split(b"\n") if line]
    kept = [{key: row[key] for key in ("text", "spans", "answer", "meta")} for row in again]
    assert kept == rows
