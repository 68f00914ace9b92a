"""Views in which marks may overlap and are connected, previewed as a cluster serves them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.sdk.preview.workshop import Visitor, visiting, write_package

SOURCE = '''
from dataclasses import replace

from annex.recipes import Answer, Example, Relation, Task, task_recipe


@task_recipe("works.connect", version=1, view="relations")
def connect() -> Task:
    """Connect the marks."""

    def turn(answer: Answer) -> Answer:
        turned = [Relation(each.child, each.head, each.label) for each in answer.relations]
        return replace(answer, relations=turned)

    return Task(stream=[Example("New York Times")], before_save=turn)


@task_recipe("works.nest", version=1, view="overlapping")
def nest() -> Task:
    """Mark parts that overlap."""

    def validate(answer: Answer) -> str | None:
        return None if answer.relations is None else "Nobody was asked for relations."

    return Task(stream=[Example("New York Times")], validate_answer=validate)
'''


@pytest.fixture(scope="module")
def joining(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Visitor]:
    with visiting(write_package(tmp_path_factory.mktemp("joining"), SOURCE), built) as visitor:
        yield visitor


def begin(visitor: Visitor, recipe: str) -> str:
    assert visitor.start(recipe, values={}, labels=["CITY", "ORG"])["errors"] == []
    (example,) = visitor.batch(1)["examples"]
    assert example["tokens"] == [[0, 3], [4, 8], [9, 14]]
    return str(example["id"])


def marks(visitor: Visitor) -> list[dict[str, Any]]:
    city, org = (visitor.labels()[name] for name in ("CITY", "ORG"))
    return [{"start": 0, "end": 8, "label": city}, {"start": 0, "end": 14, "label": org}]


def test_relations_go_to_the_recipe_and_come_back_as_it_wants_them(joining: Visitor) -> None:
    example = begin(joining, "works.connect.v1")
    assert joining.get(joining.task())["view"] == "relations"
    relation = {"head": 0, "child": 1, "label": joining.labels()["ORG"]}
    saved = joining.answer(example, spans=marks(joining), relations=[relation])
    assert saved.status_code == 201, saved.text
    answer = joining.get(joining.task(f"/examples/{example}"))["answer"]
    assert answer["relations"] == [{**relation, "head": 1, "child": 0}]
    line = json.loads(joining.http.get("/preview/answers.jsonl").text)
    assert line["relations"] == [{"head": 1, "child": 0, "label": "ORG"}]


def test_marks_overlap_and_nobody_is_asked_for_relations(joining: Visitor) -> None:
    example = begin(joining, "works.nest.v1")
    assert joining.answer(example, spans=marks(joining)).status_code == 201
    assert "relations" not in json.loads(joining.http.get("/preview/answers.jsonl").text)


@pytest.mark.parametrize(
    ("relation", "code"),
    [
        ({"head": 0, "child": 2}, "answer.bad_relations"),
        ({"head": 0, "child": 1, "label": str(uuid4())}, "answer.bad_relations"),
    ],
)
def test_what_joins_no_two_marks_is_not_taken(
    joining: Visitor, relation: dict[str, Any], code: str
) -> None:
    example = begin(joining, "works.connect.v1")
    sent = {"label": joining.labels()["ORG"], **relation}
    refused = joining.answer(example, spans=marks(joining), relations=[sent])
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    twice = joining.answer(example, spans=marks(joining) + marks(joining)[:1])
    assert twice.json()["code"] == "answer.bad_spans"
