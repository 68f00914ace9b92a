"""The annotation app's API answers from a recipe's process, as a cluster's does."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from tests.sdk.preview.workshop import TEXTS, Visitor


@pytest.fixture
def started(visitor: Visitor) -> Visitor:
    assert visitor.start()["errors"] == []
    return visitor


def test_the_stream_is_drawn_as_it_is_needed(visitor: Visitor) -> None:
    assert visitor.start("works.mark.v2", values={})["screen"]
    assert visitor.get(visitor.task())["progress"]["examples"] == 1
    first = visitor.batch(3)["examples"]
    assert [each["text"] for each in first] == [f"text number {n}" for n in range(3)]
    assert first[0]["tokens"] == [[0, 4], [5, 11], [12, 13]]
    again = visitor.batch(2, holding=tuple(each["id"] for each in first))
    assert [each["text"] for each in again["examples"]] == ["text number 3", "text number 4"]
    assert (again["exhausted"], again["lost"]) == (False, [])
    assert visitor.get(visitor.task())["progress"]["examples"] == 5


def test_a_stream_that_ends_is_exhausted_once_all_is_answered(started: Visitor) -> None:
    examples = started.batch(20)["examples"]
    assert [each["text"] for each in examples] == list(TEXTS)
    assert examples[0]["meta"] == {"question": "Which?", "number": 0}
    assert not started.batch(5, holding=tuple(each["id"] for each in examples))["exhausted"]
    for each in examples:
        assert started.answer(each["id"], "reject").status_code == 201
    assert started.batch()["exhausted"]


def test_the_recipes_refusal_reaches_the_annotator_in_its_words(started: Visitor) -> None:
    example = started.batch(1)["examples"][0]["id"]
    refused = started.answer(example)
    assert refused.status_code == 400
    problem = refused.json()
    assert (problem["code"], problem["detail"]) == ("answer.refused", "Choose at least one label.")
    # Nothing was saved of it, and the example waits.
    assert started.batch(1)["examples"][0]["id"] == example
    assert started.answer(example, choices=[started.labels()["Good"]]).status_code == 201


def test_an_answer_is_saved_as_the_recipe_wants_it_and_told_to_it(
    visitor: Visitor, folder: Path
) -> None:
    visitor.start(values={"source": "sample.jsonl", "question": "?", "wanted": ["Bad"]})
    good, bad = (visitor.labels()[name] for name in ("Good", "Bad"))
    example = visitor.batch(1)["examples"][0]["id"]
    visitor.answer(example, choices=[good], note="mine").raise_for_status()
    saved = visitor.get(visitor.task(f"/examples/{example}"))["answer"]
    assert (set(saved["choices"]), saved["note"]) == ({good, bad}, "mine")
    [row] = visitor.get(visitor.task("/history"))["results"]
    assert (row["snippet"], row["version"]) == ("one", 1)
    assert (folder / "heard.txt").read_text().splitlines()[-1] == "accept one"
    assert '"choices": ["Good", "Bad"]' in visitor.http.get("/preview/answers.jsonl").text


def test_saving_twice_changes_nothing_and_editing_needs_the_version(started: Visitor) -> None:
    example, key = started.batch(1)["examples"][0]["id"], uuid4()
    assert started.answer(example, "reject", key).status_code == 201
    assert started.answer(example, "reject", key).status_code == 200
    edited = started.answer(example, "ignore", key, base_version=1)
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    stale = started.answer(example, "reject", key, base_version=1)
    assert (stale.status_code, stale.json()["code"]) == (409, "answer.conflict")
    assert stale.json()["theirs"]["verdict"] == "ignore"
    assert started.answer(example, "reject").status_code == 409


def test_many_answers_each_hear_what_became_of_them(started: Visitor) -> None:
    first, second = (each["id"] for each in started.batch(2)["examples"])
    answers = [
        {"id": str(uuid4()), "example": first, "verdict": "reject"},
        {"id": str(uuid4()), "example": second, "verdict": "accept"},
    ]
    sent = started.http.post(started.task("/answers"), json={"answers": answers}).json()
    said = [(each["status"], each["code"]) for each in sent["results"]]
    assert said == [(201, None), (400, "answer.refused")]
    assert sent["progress"]["mine"] == 1


def test_a_draft_comes_back(started: Visitor) -> None:
    example = started.batch(1)["examples"][0]["id"]
    draft = {"choices": [started.labels()["Good"]], "note": "hm"}
    path = started.task(f"/drafts/{example}")
    assert started.http.put(path, json=draft).status_code == 204
    assert started.batch(1)["examples"][0]["draft"]["note"] == "hm"


@pytest.mark.parametrize(
    "wrong",
    [
        {"spans": [{"start": 0, "end": 99, "label": "LABEL"}]},
        {"spans": [{"start": 0, "end": 2, "label": "LABEL"}] * 2},
        {"spans": [{"start": 0, "end": 2, "label": str(uuid4())}]},
        {"choices": [str(uuid4())]},
        {"verdict": "perhaps"},
        {"more": 1},
    ],
)
def test_what_no_cluster_takes_is_not_taken(started: Visitor, wrong: dict[str, object]) -> None:
    label = started.labels()["Good"]
    spans = wrong.get("spans")
    if isinstance(spans, list):
        wrong = {"spans": [{**s, "label": s["label"].replace("LABEL", label)} for s in spans]}
    example = started.batch(1)["examples"][0]["id"]
    content = {"example": example, "verdict": "reject", **wrong}
    sent = started.http.put(started.task(f"/answers/{uuid4()}"), json=content)
    assert sent.status_code == 400
    assert started.get(started.task())["progress"]["mine"] == 0


def test_where_one_label_is_right_an_accepted_answer_names_it(visitor: Visitor) -> None:
    visitor.start(exclusive=True)
    example = visitor.batch(1)["examples"][0]["id"]
    both = list(visitor.labels().values())
    assert visitor.answer(example, choices=both).json()["code"] == "answer.bad_choices"
    assert visitor.answer(example, choices=both[:1]).status_code == 201


def test_what_is_not_at_work_is_not_here(started: Visitor) -> None:
    assert started.http.get(f"/api/tasks/{uuid4()}").status_code == 404
    assert started.http.get(started.task(f"/examples/{uuid4()}")).status_code == 404
    assert started.http.get("/api/people").status_code == 404
