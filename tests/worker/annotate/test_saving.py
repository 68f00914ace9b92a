"""Saving: once, whole, and with an error that names what is wrong."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.worker.annotate.conftest import Annotator, join
from worker.queue.models import Lease, QueueItem
from worker.store.models import Answer


def test_save_then_same_again_then_edit(ada: Annotator) -> None:
    example, answer_id = ada.batch()["examples"][0]["id"], uuid4()
    span = ada.span(4, 16)
    first = ada.save(example, answer_id, spans=[span], working_ms=4000)
    assert first.status_code == 201
    assert first.json()["version"] == 1
    assert first.json()["progress"] == {
        "mine": 1, "mine_today": 1, "working_seconds_today": 4, "answered": 1, "examples": 5,
    }  # fmt: skip
    again = ada.save(example, answer_id, spans=[span], working_ms=4000)
    assert (again.status_code, again.json()) == (200, first.json())
    edited = ada.save(example, answer_id, spans=[], verdict="ignore", base_version=1)
    assert (edited.status_code, edited.json()["version"]) == (200, 2)
    repeated = ada.save(example, answer_id, spans=[], verdict="ignore", base_version=1)
    assert (repeated.status_code, repeated.json()["version"]) == (200, 2)
    assert repeated.json()["progress"]["mine"] == 1
    stored = Answer.objects.get()
    assert (stored.verdict, stored.spans, stored.version) == ("ignore", [], 2)


def test_conflict_gives_both_versions(ada: Annotator) -> None:
    example, answer_id = ada.batch()["examples"][0]["id"], uuid4()
    ada.save(example, answer_id)
    ada.save(example, answer_id, verdict="reject", base_version=1)
    refused = ada.save(example, answer_id, verdict="ignore", base_version=1)
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "answer.conflict")
    assert (problem["yours"]["verdict"], problem["theirs"]["verdict"]) == ("ignore", "reject")
    assert problem["theirs"]["version"] == 2
    second_tab = ada.save(example, uuid4(), verdict="ignore")
    assert second_tab.json()["theirs"]["id"] == str(answer_id)
    assert Answer.objects.get().verdict == "reject"


def test_an_edit_of_what_was_never_stored_takes_a_slot(ada: Annotator) -> None:
    example = ada.batch()["examples"][0]["id"]
    saved = ada.save(example, base_version=1)
    assert (saved.status_code, saved.json()["version"]) == (201, 1)
    assert saved.json()["progress"]["answered"] == 1
    assert not Lease.objects.filter(example_id=_id(example)).exists()
    assert QueueItem.objects.get(example_id=_id(example)).missing == 0


def test_lease_lost_when_another_has_answered(ada: Annotator) -> None:
    example = ada.batch(size=1)["examples"][0]["id"]
    Lease.objects.all().delete()
    ada.stage.task.refresh_from_db()
    ben = join(ada.stage, "Ben")
    # The slot stays used up, as when the lease had moved to Ben.
    Lease.objects.create(
        task_id=ada.stage.task.id,
        example_id=_id(example),
        subject=ben.subject.id,
        expires_at="2100-01-01T00:00Z",
        active_at="2100-01-01T00:00Z",
    )
    assert ben.save(example).status_code == 201
    refused = ada.save(example)
    assert (refused.status_code, refused.json()["code"]) == (409, "lease.lost")
    assert Answer.objects.count() == 1


def _id(uid: str) -> int:
    from worker.store.models import Example

    return Example.objects.get(uid=uid).id


BAD: list[tuple[dict[str, Any], str]] = [
    ({"spans": [{"start": 4, "end": 999}]}, "spans[0]"),
    ({"spans": [{"start": 5, "end": 5}]}, "spans[0]"),
    ({"spans": [{"start": 9, "end": 4}]}, "spans[0]"),
    ({"spans": [{"start": 0, "end": 5}, {"start": 4, "end": 8}]}, "spans"),
    (
        {"spans": [{"start": 0, "end": 3}, {"start": 4, "end": 8, "label": str(uuid4())}]},
        "spans[1]",
    ),
    ({"spans": [{"start": -1, "end": 5}]}, "spans[0].start"),
    ({"spans": [{"start": "0", "end": 5}]}, "spans[0].start"),
    ({"spans": [{"start": 0, "end": 5, "label": "FIELD"}]}, "spans[0].label"),
    ({"spans": [{"start": 0, "end": 5, "colour": "red"}]}, "spans[0].colour"),
    ({"verdict": "maybe"}, "verdict"),
    ({"working_ms": -5}, "working_ms"),
    ({"example_id": "one"}, "example_id"),
    ({"note": "a\x00b"}, "note"),
    ({"note": "x" * 5001}, "note"),
    ({"surprise": 1}, "surprise"),
]


@pytest.mark.parametrize(("change", "field"), BAD)
def test_bad_input_names_the_field(ada: Annotator, change: dict[str, Any], field: str) -> None:
    example, label = ada.batch()["examples"][0]["id"], str(ada.stage.labels[0].id)
    if "spans" in change:
        change = {"spans": [{"label": label} | span for span in change["spans"]]}
    refused = ada.save(example, **change)
    problem = refused.json()
    assert (refused.status_code, problem["errors"][0]["field"]) == (400, field), problem
    assert not Answer.objects.exists()
    assert ada.save(example).status_code == 201


def test_not_json_and_not_an_object(ada: Annotator) -> None:
    where = ada.url(f"/answers/{uuid4()}")
    for raw in ("{", "[]", "3", '{"example": 1e999}'):
        refused = ada.client.put(where, raw, content_type="application/json")
        assert refused.status_code == 400, raw
        assert refused["Content-Type"] == "application/problem+json"


def test_example_of_another_dataset_is_not_there(ada: Annotator) -> None:
    from tests.worker.annotate.conftest import stage_with
    from worker.store.models import Example

    other = stage_with(["elsewhere"])
    uid = str(Example.objects.get(dataset=other.dataset).uid)
    assert ada.save(uid).status_code == 404
    assert ada.client.get(ada.url(f"/examples/{uid}")).status_code == 404


def test_many_at_once_say_what_became_of_each(ada: Annotator) -> None:
    examples = [row["id"] for row in ada.batch()["examples"]]
    bad_span = {"start": 0, "end": 9999, "label": str(ada.stage.labels[0].id)}
    answers = [
        {"id": str(uuid4()), "example": examples[0], "verdict": "accept"},
        {"id": str(uuid4()), "example": examples[1], "verdict": "accept", "spans": [bad_span]},
        {"id": str(uuid4()), "example": examples[2], "verdict": "reject"},
    ]
    for statuses in ([201, 400, 201], [200, 400, 200]):
        answer = ada.client.post(
            ada.url("/answers"), {"answers": answers}, content_type="application/json"
        )
        assert [row["status"] for row in answer.json()["results"]] == statuses
        assert [row["id"] for row in answer.json()["results"]] == [row["id"] for row in answers]
        assert answer.json()["progress"]["mine"] == 2
    assert answer.json()["results"][1]["code"] == "answer.bad_spans"
    assert Answer.objects.count() == 2


def test_closed_task_takes_no_answer_and_a_paused_one_does(ada: Annotator) -> None:
    first, second = [row["id"] for row in ada.batch(size=2)["examples"]]
    task = ada.stage.task
    task.state = "paused"
    task.save()
    assert ada.save(first).status_code == 201
    task.state = "closed"
    task.save()
    refused = ada.save(second)
    assert (refused.status_code, refused.json()["code"]) == (409, "task.closed")
