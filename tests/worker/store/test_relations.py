"""Relations and spans that overlap, in and out of files."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.test import Client

from benchmarks.store_ground import REPOSITORY
from tests.worker.cast import Stage
from tests.worker.store.conftest import JSONL, address, give_file, send
from tests.worker.store.test_export import exported_bytes
from tests.worker.store.test_formats import labels, studio
from tests.worker.store.test_round_trips import answer, read, spans_of, write
from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.projects.models import Label
from worker.store.exports import ExportedAnswer
from worker.store.formats.detect import guess_plan
from worker.store.formats.readers import read_rows
from worker.store.formats.rows import Row, RowProblem
from worker.store.formats.totals import Lack
from worker.store.models import Answer, Asset, BadRow

Run = Callable[..., JobContext]
SHARED = Path(os.environ.get("ANNEX_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
FORMATS = SHARED / "_formats"
EXPORTS = sorted(FORMATS.glob("prodigy_export_*.jsonl"))
needs_formats = pytest.mark.skipif(not EXPORTS, reason="needs ANNEX_SHARED_DATA: _formats")

TEXT = "New York Times"
SPANS = [{"start": 0, "end": 8, "label": "CITY"}, {"start": 0, "end": 14, "label": "ORG"}]
TOKENS = [
    {"text": word, "start": start, "end": start + len(word), "id": n, "ws": True}
    for n, (word, start) in enumerate([("New", 0), ("York", 4), ("Times", 9)])
]


def relations_in(row: Row | RowProblem) -> Any:
    """Return what a test says of a row's relations; of a problem its code."""
    if isinstance(row, RowProblem):
        return row.code
    return [(each.head, each.child, each.label) for each in row.relations or ()]


def only_row(body: Any, name: str = "x.jsonl") -> Row | RowProblem:
    source = json.dumps(body).encode()
    plan = guess_plan(BytesIO(source), name)
    (row,) = read_rows(BytesIO(source), plan)
    return row


ENDS: list[tuple[dict[str, Any], Any]] = [
    ({"head_span": SPANS[1], "child_span": SPANS[0], "label": "in"}, [(1, 0, "in")]),
    # Edges tell as well, where the label does not.
    ({"head_span": {"start": 0, "end": 14}, "child_span": SPANS[0], "label": "in"}, [(1, 0, "in")]),
    ({"head": 2, "child": 1, "label": "in"}, [(1, 0, "in")]),
    ({"head": 0, "child": 2, "label": "in"}, [(0, 1, "in")]),
    ({"head": 9, "child": 2, "label": "in"}, "relation.not_of_spans"),
    ({"head": "a", "child": 2, "label": "in"}, "relation.not_of_spans"),
    ({"head_span": {"start": 1, "end": 2}, "child": 2, "label": "in"}, "relation.not_of_spans"),
    ({"head": 2, "child": 2, "label": "in"}, [(1, 1, "in")]),
    ({"head": 1, "child": 2}, "relation.label_missing"),
]


@pytest.mark.parametrize(("relation", "expected"), ENDS)
def test_prodigys_relations_join_spans(relation: dict[str, Any], expected: Any) -> None:
    row = only_row({"text": TEXT, "spans": SPANS, "tokens": TOKENS, "relations": [relation]})
    assert relations_in(row) == expected


def test_without_tokens_relations_name_places_among_the_spans() -> None:
    relation = {"head": 1, "child": 0, "label": "in"}
    row = only_row({"text": TEXT, "spans": SPANS, "relations": [relation]})
    assert relations_in(row) == [(1, 0, "in")]
    wrong = only_row({"text": TEXT, "spans": SPANS, "relations": ["in"]})
    assert relations_in(wrong) == "relation.not_an_object"


def test_doccanos_relations_name_spans_by_their_ids() -> None:
    entities = [
        {"id": 7, "start_offset": 0, "end_offset": 8, "label": "CITY"},
        {"id": 9, "start_offset": 0, "end_offset": 14, "label": "ORG"},
    ]
    relations = [{"id": 1, "from_id": 9, "to_id": 7, "type": "in"}]
    row = only_row({"text": TEXT, "entities": entities, "relations": relations})
    assert relations_in(row) == [(1, 0, "in")]
    relations[0]["to_id"] = 8
    row = only_row({"text": TEXT, "entities": entities, "relations": relations})
    assert relations_in(row) == "relation.not_of_spans"


DIRECTIONS = [
    ({"direction": "right"}, [(0, 1, "in")]),
    ({}, [(0, 1, "in")]),
    ({"direction": "left"}, [(1, 0, "in")]),
    ({"direction": "bi"}, [(0, 1, "in"), (1, 0, "in")]),
    ({"to_id": "nobody"}, "relation.not_of_spans"),
    ({"labels": []}, "relation.label_missing"),
    ({"labels": ["in", "at"]}, [(0, 1, "in"), (0, 1, "at")]),
]


@pytest.mark.parametrize(("says", "expected"), DIRECTIONS)
def test_label_studios_relations_join_regions(says: dict[str, Any], expected: Any) -> None:
    relation = {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["in"]} | says
    city = {**labels(0, 8, "New York", "CITY"), "id": "a"}
    paper = {**labels(0, 14, TEXT, "ORG"), "id": "b"}
    row = only_row([studio(TEXT, relation, city, paper)], "x.json")
    assert relations_in(row) == expected


def related(*relations: tuple[int, int, str]) -> ExportedAnswer:
    marked = answer(TEXT, [(0, 8, "CITY"), (0, 14, "ORG"), (9, 14, "WORD")])
    return replace(marked, relations=list(relations))


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_what_is_related_comes_back(kind: str) -> None:
    found = related((1, 0, "in"), (2, 1, "of"))
    body, exported = write(kind, [found])
    (row,) = read(body, f"x.{kind}")
    assert (spans_of(row), relations_in(row)) == (found.spans, found.relations)
    assert (exported.written, exported.lacking) == (1, {})


def test_jsonl_joins_tokens_as_prodigy_does() -> None:
    body, _ = write("jsonl", [related((1, 0, "in"))])
    (relation,) = json.loads(body)["relations"]
    assert (relation["head"], relation["child"]) == (2, 1)
    assert relation["head_span"] == {
        "start": 0, "end": 14, "token_start": 0, "token_end": 2, "label": "ORG",
    }  # fmt: skip
    assert [token["text"] for token in json.loads(body)["tokens"]] == TEXT.split()


def test_spacy_keeps_overlapping_spans_as_a_group_and_lists_relations() -> None:
    found = related((1, 0, "in"))
    body, exported = write("spacy", [found])
    (row,) = read(body, "x.spacy")
    assert (spans_of(row), row.relations) == (found.spans, None)
    assert {lack: entry.texts for lack, entry in exported.lacking.items()} == {
        Lack.RELATIONS: [TEXT]
    }
    assert (exported.written, exported.not_expressible) == (1, 0)


def test_conll_lists_what_overlaps() -> None:
    body, exported = write("conll", [related((1, 0, "in"))])
    assert {lack: entry.count for lack, entry in exported.lacking.items()} == {Lack.OVERLAP: 1}
    assert (body, exported.written, exported.not_expressible) == (b"", 0, 1)


OVERLAPPING = {"text": "xyz", "spans": [{"start": 0, "end": 2, "label": "FIELD"},
                                        {"start": 1, "end": 3, "label": "VALUE"}]}  # fmt: skip
JOINED = {**JSONL, "relations_column": "relations", "may_overlap": True}


def test_spans_overlap_where_the_plan_says_so(stage: Stage, run_import: Run) -> None:
    give_file(stage, json.dumps(OVERLAPPING), JSONL | {"may_overlap": True})
    run_import()
    spans = Answer.objects.get().spans or []
    assert [(span["start"], span["end"]) for span in spans] == [(0, 2), (1, 3)]


BAD = [
    ("relation.not_a_list", {"head": 0}),
    ("relation.not_of_spans", [{"head": 0, "child": 5, "label": "FIELD"}]),
    ("label.unregistered", [{"head": 0, "child": 1, "label": "NEW"}]),
]


@pytest.mark.parametrize(("code", "relations"), BAD)
def test_a_bad_relation_refuses_its_row(
    code: str, relations: Any, stage: Stage, run_import: Run
) -> None:
    give_file(stage, json.dumps({**OVERLAPPING, "relations": relations}), JOINED)
    with pytest.raises(JobFailure):
        run_import()
    assert list(BadRow.objects.values_list("code", flat=True)) == [code]


def rows_of(context: JobContext) -> list[dict[str, Any]]:
    volatile = {"_timestamp", "_annotator"}
    lines = [line for line in exported_bytes(context).split(b"\n") if line]
    return [{k: v for k, v in orjson.loads(line).items() if k not in volatile} for line in lines]


@needs_formats
@pytest.mark.parametrize("file", EXPORTS, ids=lambda file: file.stem)
def test_an_export_says_the_same_when_it_is_imported(
    file: Path, stage: Stage, run_import: Run, run_export: Run
) -> None:
    body = file.read_bytes()
    rows = [orjson.loads(line) for line in body.split(b"\n") if line]
    named = {s["label"] for row in rows for s in (*row.get("spans", ()), *row.get("relations", ()))}
    named |= {row["label"] for row in rows if "label" in row}
    for position, name in enumerate(sorted(named)):
        Label.objects.create(
            id=uuid.uuid4(), project=stage.project, name=name, colour="#1f6f5c", position=position
        )
    give_file(stage, body, guess_plan(BytesIO(body), file.name).model_dump(mode="json"))
    run_import()
    first = rows_of(run_export())
    assert [row["answer"] for row in first] == [row["answer"] for row in rows]
    Answer.objects.all().delete()
    stage.dataset.examples.all().delete()
    again = b"\n".join(orjson.dumps(row) for row in first)
    give_file(stage, again, guess_plan(BytesIO(again), file.name).model_dump(mode="json"))
    run_import()
    assert rows_of(run_export()) == first


@needs_formats
def test_a_file_of_patterns_is_kept_but_for_what_no_rule_can_see(
    stage: Stage, developer: Client
) -> None:
    lines = (FORMATS / "spancat_patterns.jsonl").read_text().splitlines()
    Label.objects.create(
        id=uuid.uuid4(), project=stage.project, name="INGREDIENT", colour="#1f6f5c", position=9
    )
    asset = Asset.objects.create(
        id=uuid.uuid4(), project_id=stage.project.id, name="rules", kind="patterns"
    )
    refused = send(developer, "put", address(asset, "/patterns"), {"text": "\n".join(lines)})
    # Rules run on a blank pipeline, which knows no lemmas.
    assert [error["line"] for error in refused.json()["errors"]] == ["2"]
    kept = [line for line in lines if "LEMMA" not in line]
    saved = send(developer, "put", address(asset, "/patterns"), {"text": "\n".join(kept)})
    assert saved.status_code == 200, saved.content
    shown = developer.get(address(asset, "/patterns")).json()["patterns"]
    assert shown == [orjson.loads(line) for line in kept]
    assert len(shown) == len(lines) - 1
