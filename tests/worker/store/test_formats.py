"""Every format that is read: found by its bytes, mapped, and read as what it says."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pytest
import spacy
from pyarrow import parquet
from spacy.tokens import Doc, DocBin, Span

from worker.store.formats import json_, packed, spacy_in
from worker.store.formats.detect import guess_plan
from worker.store.formats.readers import read_rows
from worker.store.formats.rows import FileUnreadable, Row, RowProblem
from worker.store.plans import Plan

EMOJI = "\U0001f600 go to Oslo"
WANTED = [("EU rejects German call", [(0, 2, "ORG"), (11, 17, "MISC")], None), ("plain", [], None)]


def stream_of(body: bytes) -> BinaryIO:
    return packed.unpacked(io.BytesIO(body))


def read(body: bytes, name: str = "x") -> tuple[Plan, list[Row | RowProblem]]:
    plan = guess_plan(io.BytesIO(body), name)
    return plan, list(read_rows(stream_of(body), plan))


def said(row: Row | RowProblem) -> Any:
    """Return a row's text, spans and choices, or a problem's line and code."""
    if isinstance(row, RowProblem):
        return row.line, row.code
    spans = None if row.spans is None else [(s.start, s.end, s.label) for s in row.spans]
    return row.text, spans, row.choices


def jsonl(*rows: Any) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def in_spacy() -> bytes:
    nlp, found = spacy.blank("xx"), DocBin(store_user_data=True)
    for text, spans, _ in WANTED:
        doc = nlp(text)
        doc.set_ents([doc.char_span(start, end, label=label) for start, end, label in spans])  # type: ignore[misc]
        found.add(doc)
    return found.to_bytes()


def in_parquet() -> bytes:
    table = pa.Table.from_pylist(
        [
            {"text": text, "spans": [{"start": s, "end": e, "label": n} for s, e, n in spans]}
            for text, spans, _ in WANTED
        ]
    )
    stream = io.BytesIO()
    parquet.write_table(table, stream)
    return stream.getvalue()


CONLL_2003 = b"""-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O
German JJ B-NP I-MISC
call NN I-NP O

plain JJ O O
"""
BILUO = b"EU\tU-ORG\nrejects\tO\nGerman\tS-MISC\ncall\tO\n\nplain\tO\n"
DOCCANO = jsonl(
    {"id": 1, "text": WANTED[0][0], "label": [[0, 2, "ORG"], [11, 17, "MISC"]], "Comments": []},
    {"id": 2, "text": "plain", "label": []},
)
DOCCANO_RELATIONS = jsonl(
    {
        "text": WANTED[0][0],
        "entities": [
            {"id": 1, "label": "ORG", "start_offset": 0, "end_offset": 2},
            {"id": 2, "label": "MISC", "start_offset": 11, "end_offset": 17},
        ],
        "relations": [],
    },
    {"text": "plain", "entities": [], "relations": []},
)
PRODIGY = jsonl(
    {"text": "plain"},  # the column of spans is not in the first row
    {"text": WANTED[0][0], "spans": [{"start": 0, "end": 2, "label": "ORG", "token_start": 0}]},
)


def studio(text: str, *result: dict[str, Any], **task: Any) -> dict[str, Any]:
    return {"data": {"text": text}, "annotations": [{"result": list(result)}]} | task


def labels(start: int, end: int, text: str, label: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"type": "labels", "from_name": "label", "to_name": "text", "value": value}


STUDIO = json.dumps(
    [
        studio(WANTED[0][0], labels(0, 2, "EU", "ORG"), labels(11, 17, "German", "MISC")),
        studio("plain"),
    ],
    indent=1,
).encode()
STUDIO_MIN = json.dumps(
    [
        {
            "id": 1,
            "text": WANTED[0][0],
            "label": [
                labels(0, 2, "EU", "ORG")["value"],
                labels(11, 17, "German", "MISC")["value"],
            ],
            "annotator": 1,
        },
        {"id": 2, "text": "plain", "label": []},
    ]
).encode()


def numbered(cases: Sequence[tuple[Any, ...]]) -> list[str]:
    """Names by format and place: a packed body holds the time, and two runners must agree."""
    return [f"{case[0]}-{place}" for place, case in enumerate(cases)]


FILES: list[tuple[str, bytes, str, list[Any]]] = [
    ("jsonl", DOCCANO, "doccano.jsonl", WANTED),
    ("jsonl", DOCCANO_RELATIONS, "doccano.jsonl", WANTED),
    ("jsonl", gzip.compress(DOCCANO), "doccano.jsonl.gz", WANTED),
    (
        "jsonl",
        PRODIGY,
        "prodigy.jsonl",
        [("plain", None, None), (WANTED[0][0], [(0, 2, "ORG")], None)],
    ),
    ("label_studio", STUDIO, "project-1.json", WANTED),
    ("json", STUDIO_MIN, "project-1-min.json", WANTED),
    ("json", b"[]", "x.json", []),
    ("conll", CONLL_2003, "train.txt", WANTED),
    ("conll", CONLL_2003.replace(b"\n", b"\r\n"), "train", WANTED),
    ("conll", BILUO, "x.biluo", WANTED),
    ("spacy", in_spacy(), "train.spacy", WANTED),
    ("parquet", in_parquet(), "train.parquet", WANTED),
    ("parquet", gzip.compress(in_parquet()), "train.parquet.gz", WANTED),
    (
        "tsv",
        b'text\tlabel\n"Hi" he said\tgreet\nok\tyes\n',
        "x.tsv",
        [('"Hi" he said', None, ["greet"]), ("ok", None, ["yes"])],
    ),
    (
        "tsv",
        b'text\tlabel\n"a\ttab"\tgreet\nok\tyes\n',
        "x.tsv",
        [("a\ttab", None, ["greet"]), ("ok", None, ["yes"])],
    ),
    ("jsonl", jsonl({"text": "a", "label": ["x", "y"]}), "d.jsonl", [("a", None, ["x", "y"])]),
    (
        "jsonl",
        jsonl({"text": "to Oslo", "entities": [[3, 7, "CITY"]], "cats": ["flight"]}),
        "doccano.jsonl",
        [("to Oslo", [(3, 7, "CITY")], ["flight"])],
    ),
    (
        "json",
        json.dumps([{"text": "a", "mood": {"choices": ["x"]}}, {"text": "b"}, 5]).encode(),
        "x.json",
        [("a", None, ["x"]), ("b", None, None), (3, "row.not_an_object")],
    ),
    (
        "json",
        b"\xef\xbb\xbf" + json.dumps([{"text": "\u00e9"}]).encode(),
        "x.json",
        [("\u00e9", None, None)],
    ),
    (
        "json",
        json.dumps([{"text": "\u00e9"}], ensure_ascii=False).encode("utf-16"),
        "x.json",
        [("\u00e9", None, None)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body", "name", "rows"), FILES, ids=numbered(FILES))
def test_a_file_is_recognised_and_read(kind: str, body: bytes, name: str, rows: list[Any]) -> None:
    plan, found = read(body, name)
    assert plan.format == kind
    assert [said(row) for row in found] == rows


STUDIO_TASKS: list[tuple[dict[str, Any], Any]] = [
    (studio("go to Oslo", labels(3, 7, "Oslo", "CITY")), (1, "span.other_text")),
    # The same place in UTF-16, as a browser counts, and in code points.
    (studio(EMOJI, labels(9, 13, "Oslo", "CITY")), (EMOJI, [(8, 12, "CITY")], None)),
    (studio(EMOJI, labels(8, 12, "Oslo", "CITY")), (EMOJI, [(8, 12, "CITY")], None)),
    (studio("a", annotations=[]), ("a", None, None)),
    (studio("a", {"type": "choices", "value": {"choices": ["x"]}}), ("a", None, ["x"])),
    (studio("a", {"type": "hypertextlabels", "value": {}}), (1, "span.not_in_text")),
    (
        studio("ab", annotations=[{"result": [labels(0, 1, "a", "X")]}, {"result": []}]),
        (1, "row.several_annotations"),
    ),
    (
        studio(
            "ab",
            annotations=[
                {"result": [labels(0, 1, "a", "X")], "ground_truth": True},
                {"result": []},
                {"result": [], "was_cancelled": True},
            ],
        ),
        ("ab", [(0, 1, "X")], None),
    ),
    ({"data": {}, "annotations": []}, (1, "text.missing")),
]


@pytest.mark.parametrize(("task", "expected"), STUDIO_TASKS)
def test_what_a_task_of_label_studio_says(task: dict[str, Any], expected: Any) -> None:
    _, rows = read(json.dumps([task]).encode(), "x.json")
    assert [said(row) for row in rows] == [expected]


def test_a_skipped_task_is_ignored_and_an_open_one_stays_open() -> None:
    skipped = studio("a", annotations=[{"was_cancelled": True, "result": []}])
    _, rows = read(json.dumps([skipped, studio("b", annotations=[]), studio("c")]).encode())
    assert [row.verdict for row in rows if isinstance(row, Row)] == ["ignore", None, "accept"]


SENTENCES: list[tuple[str, Any]] = [
    ("# text = \u00dcber (EU)\n1\t\u00dcber\tO\t-\n2\t(\tO\t-\n3\tEU\tB-ORG\t-\n4\t)\tO\t-\n",
     ("\u00dcber (EU)", [(6, 8, "ORG")], None)),
    ('# text_json = "a\\r\\nb"\na\tB-X\nb\tO\n', ("a\r\nb", [(0, 1, "X")], None)),
    ("# text = other words\na\tB-X\nb\tO\n", ("a b", [(0, 1, "X")], None)),
    ("#tag\tB-X\nb\tO\n", ("#tag b", [(0, 4, "X")], None)),
    ("a\tI-X\nb\tI-X\nc\tB-X\nd\tI-Y\n",
     ("a b c d", [(0, 3, "X"), (4, 5, "X"), (6, 7, "Y")], None)),
    ("a\tB-X\nb\tL-X\nc\tU-X\n", ("a b c", [(0, 3, "X"), (4, 5, "X")], None)),
    ("a\tB-X\nb\tNNP\n", (1, "tag.unknown")),
    ("a\tB-X\nb\n", (1, "row.too_few_cells")),
    ("a\u00a0b\tB-X\n", ("a\u00a0b", [(0, 3, "X")], None)),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SENTENCES)
def test_what_a_sentence_of_conll_says(body: str, expected: Any) -> None:
    plan = Plan(format="conll", spans_column="spans")
    assert [said(row) for row in read_rows(stream_of(body.encode()), plan)] == [expected]


def test_spacy_gives_groups_cats_and_what_nobody_said() -> None:
    nlp, found = spacy.blank("xx"), DocBin(store_user_data=True)
    grouped = nlp("go to Oslo")
    grouped.spans["sc"] = [Span(grouped, 2, 3, label="CITY")]
    grouped.cats = {"X": 1.0, "Y": 0.0}
    grouped.user_data["meta"] = {"n": 1}
    wrong = nlp("no")
    wrong.cats = {"X": 0.0}
    for doc in (grouped, wrong, nlp("open"), Doc(nlp.vocab, words=["a", "b"])):
        found.add(doc)
    plan, rows = read(found.to_bytes(), "x.spacy")
    assert [said(row) for row in rows] == [
        ("go to Oslo", [(6, 10, "CITY")], ["X"]),
        ("no", [], ["X"]),
        ("open", None, None),
        ("a b", None, None),
    ]
    assert [row.verdict for row in rows if isinstance(row, Row)] == ["accept", "reject", None, None]
    assert (plan.choices_column, rows[0].meta) == ("cats", {"n": 1})  # type: ignore[union-attr]


def test_a_stray_quote_costs_its_own_row_only() -> None:
    body = b'text,label\n"never closed,x\n' + b"fine,y\n" * 50 + b'"also" not,x\nlast,y\n'
    plan = Plan(format="csv", choices_column="label")
    rows = list(read_rows(stream_of(body), plan))
    bad = [row.line for row in rows if isinstance(row, RowProblem)]
    assert (bad, len(rows)) == ([2, 53], 53)


DAMAGED: list[tuple[str, bytes]] = [
    ("parquet", b"PAR1 and no more"),
    ("parquet", in_parquet()[:-4]),
    ("parquet", in_parquet()[:40] + b"\xff" * 60 + in_parquet()[100:]),
    ("spacy", b""),
    ("spacy", in_spacy()[:-9]),
    ("spacy", b"not packed at all"),
    ("json", b"{}"),
    ("json", b'[{"text": "a"}, {"text": '),
    ("json", b'[{"text": "a"} {"text": "b"}]'),
    ("label_studio", b"\xff\xfe\xfd"),
    ("jsonl", gzip.compress(DOCCANO)[:-8]),
    ("jsonl", gzip.compress(DOCCANO)[:20] + b"\0" * 40),
]


@pytest.mark.parametrize(("kind", "body"), DAMAGED, ids=numbered(DAMAGED))
def test_a_damaged_file_is_refused_as_a_whole(kind: str, body: bytes) -> None:
    plan = Plan(format=kind, spans_column="spans")
    with pytest.raises(FileUnreadable):
        list(read_rows(stream_of(body), plan))


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(b"a" * 4_000_000)
    monkeypatch.setattr(packed, "FREE_BYTES", 1_000_000)
    monkeypatch.setattr(spacy_in, "MAX_UNPACKED_BYTES", 100)
    monkeypatch.setattr(json_, "MAX_ELEMENT_BYTES", 70_000)
    long = b'[{"text": "' + b"a" * 200_000 + b'"}]'
    for kind, body in (("txt", bomb), ("spacy", in_spacy()), ("json", long)):
        with pytest.raises(FileUnreadable):
            list(read_rows(stream_of(body), Plan(format=kind)))


def test_what_parquet_holds_beside_text_becomes_meta() -> None:
    table = pa.table(
        {
            "body": ["a"],
            "accept": [["X", "Y"]],
            "meta": ['{"n": 1}'],
            "when": [pa.scalar(0, pa.timestamp("s")).as_py()],
        }
    )
    stream = io.BytesIO()
    parquet.write_table(table, stream)
    plan = guess_plan(io.BytesIO(stream.getvalue()), "x.parquet")
    assert (plan.text_column, plan.choices_column) == ("body", "accept")
    [row] = read_rows(stream_of(stream.getvalue()), plan)
    assert isinstance(row, Row)
    assert (row.choices, row.meta) == (["X", "Y"], {"n": 1})
