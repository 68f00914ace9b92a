"""What is written comes back equal, whatever the text is made of."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from annex.contract.enums import ExportFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from worker.recipes.export import writer_for
from worker.store.exports import ExportedAnswer
from worker.store.formats.detect import guess_plan
from worker.store.formats.readers import read_rows
from worker.store.formats.rows import Row
from worker.store.formats.totals import Exported, Lack

PIECES = [
    "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd", "e\u0301", "nai\u0308ve",
    "\r\n", "\n", "\t", " ", "  ", "\u00a0", "\u2028", "\u200f", "\ufeff", "\x1c", "\u0300",
    "محمد", "תל־אביב", "東京都", "don't", "#", "# text = x", "O", '"', "a,b", "-DOCSTART-x",
    "B-X", "1", "x=", "\\", "Oslo", ".", "(EU)",
]  # fmt: skip
QUICK = settings(max_examples=60, deadline=None)


def answer(
    text: str,
    spans: list[tuple[int, int, str]] | None = None,
    choices: list[str] | None = None,
    verdict: str = "accept",
    *,
    meta: str = "{}",
    flagged: bool = False,
    note: str = "",
    **reply: Any,
) -> ExportedAnswer:
    return ExportedAnswer(
        text, input_hash=b"\0" * 16, spans=spans, choices=choices, relations=None, verdict=verdict,
        annotator="00000000-0000-0000-0000-000000000000", answered_at=1_700_000_000,
        meta=meta, flagged=flagged, note=note, **reply,
    )  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> ExportedAnswer:
    text = "a" + "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8)))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    spans = [(start, end, draw(st.sampled_from(["X", "First name"]))) for start, end in pairs]
    choices = draw(st.none() | st.sampled_from([["X"], ["X", "Y"]]))
    return answer(text, spans, choices, meta=orjson.dumps({"n": draw(st.integers(0, 9))}).decode())


def write(kind: str, found: list[ExportedAnswer]) -> tuple[bytes, Exported]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "x")
        exported = writer_for(ExportFormat(kind))(path, found)
        return path.read_bytes(), exported


def read(body: bytes, name: str) -> list[Row]:
    plan = guess_plan(io.BytesIO(body), name)
    rows = list(read_rows(io.BytesIO(body), plan))
    assert all(isinstance(row, Row) for row in rows), rows
    return [row for row in rows if isinstance(row, Row)]


def spans_of(row: Row) -> Any:
    return None if row.spans is None else [(s.start, s.end, s.label) for s in row.spans]


@pytest.mark.parametrize("kind", ["jsonl", "parquet", "spacy"])
@given(found=st.lists(answers(), min_size=1, max_size=5))
@QUICK
def test_every_answer_comes_back(kind: str, found: list[ExportedAnswer]) -> None:
    rows = read(write(kind, found)[0], f"x.{kind}")
    assert [(r.text, spans_of(r), r.choices, r.verdict, r.meta) for r in rows] == [
        (a.text, a.spans, a.choices, a.verdict, orjson.loads(a.meta)) for a in found
    ]


@given(found=st.lists(answers(), min_size=1, max_size=5))
@QUICK
def test_conll_brings_back_what_it_does_not_list(found: list[ExportedAnswer]) -> None:
    body, exported = write("conll", found)
    kept = [
        a for a in found if all(a.text[s:e] == a.text[s:e].strip() for s, e, _ in a.spans or ())
    ]
    assert (exported.written, exported.not_expressible) == (len(kept), len(found) - len(kept))
    rows = read(body, "x.conll")
    assert [(row.text, spans_of(row)) for row in rows] == [(a.text, a.spans) for a in kept]
    again, _ = write("conll", [answer(row.text, spans_of(row)) for row in rows])
    assert again == body


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_answers_of_every_kind_come_back(kind: str) -> None:
    found = [
        answer("a", [(0, 1, "X")]),
        answer("b", None, [], "accept"),
        answer("c", None, ["X"], "reject", note="why", flagged=True),
        answer("d", [], None, "ignore"),
    ]
    rows = read(write(kind, found)[0], f"x.{kind}")
    assert [(r.text, r.verdict, r.choices) for r in rows] == [
        (a.text, a.verdict, a.choices) for a in found
    ]


LACKING = [
    (answer("a", [], None, "reject"), Lack.VERDICT),
    (answer("a", [], None, "ignore"), Lack.VERDICT),
    (answer("a", None, ["X"]), Lack.UNMARKED),
    (answer("a b", [(0, 2, "X")]), Lack.SPAN_EDGES),
    (answer("a", [], ["X"]), Lack.CHOICES),
    (answer("a", [], note="why"), Lack.NOTE),
    (answer("a", [], flagged=True), Lack.NOTE),
    (answer("a", [], meta='{"n": 1}'), Lack.META),
]


@pytest.mark.parametrize(("found", "lack"), LACKING)
def test_what_conll_cannot_hold_is_listed(found: ExportedAnswer, lack: Lack) -> None:
    body, exported = write("conll", [found, answer("whole", [(0, 5, "X")])])
    assert {each: entry.texts for each, entry in exported.lacking.items()} == {lack: [found.text]}
    assert (exported.written, exported.not_expressible) == ((1, 1) if lack.leaves_out else (2, 0))
    assert (found.text + "\tO" in body.decode()) is not lack.leaves_out


def test_another_reader_of_conll_understands_it() -> None:
    """Check with spaCy's own converter, which knows no comments."""
    from spacy.training.converters.conll_ner_to_docs import conll_ner_to_docs

    body, _ = write("conll", [answer("EU (Brussels) acts", [(0, 2, "ORG"), (4, 12, "GPE")])])
    bare = "\n".join(line for line in body.decode().split("\n") if not line.startswith("# "))
    [doc] = conll_ner_to_docs(bare.replace("\t", " "), n_sents=1, no_print=True)  # type: ignore[no-untyped-call]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [
        ("EU", "ORG"), ("Brussels", "GPE"),
    ]  # fmt: skip


REPLIES = [
    answer("Where?", written="Zürich 👍🏽"),
    answer("Which?", options=["A", "B"], picked=1),
    answer("Neither?", options=["A", "B"], verdict="reject"),
]


def test_replies_are_in_jsonl_and_parquet() -> None:
    body, exported = write("jsonl", REPLIES)
    rows = [orjson.loads(line) for line in body.splitlines()]
    kept = [{k: row[k] for k in ("written", "options", "picked") if k in row} for row in rows]
    assert exported.written == 3
    assert kept == [
        {"written": "Zürich 👍🏽"},
        {"options": ["A", "B"], "picked": 1},
        {"options": ["A", "B"], "picked": None},
    ]
    body, _ = write("parquet", REPLIES)
    table = parquet.read_table(io.BytesIO(body)).to_pylist()
    assert [(row["written"], row["options"], row["picked"]) for row in table] == [
        ("Zürich 👍🏽", [], None),
        (None, ["A", "B"], 1),
        (None, ["A", "B"], None),
    ]


@pytest.mark.parametrize("kind", ["spacy", "conll"])
def test_other_formats_list_replies_as_lacking(kind: str) -> None:
    _, exported = write(kind, REPLIES[:2])
    assert (exported.written, exported.not_expressible) == (0, 2)
    assert {lack.value: entry.texts for lack, entry in exported.lacking.items()} == {
        "written": ["Where?"],
        "picked": ["Which?"],
    }
