"""Reviewers correct the answers of others; nobody else can."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from annex.contract.enums import Role, Verdict

from tests.worker.annotate.conftest import Annotator, join
from tests.worker.cast import sign_in
from worker.queue.models import QueueItem
from worker.store.answers import IMPORT_ANNOTATOR, Decision, save_answer
from worker.store.models import Answer


@pytest.fixture
def rita(ada: Annotator) -> Annotator:
    """Return a reviewer on Ada's task."""
    subject = ada.stage.person("Rita", Role.REVIEWER, on_task=True)
    return Annotator(sign_in(subject, {ada.stage.project.id: Role.REVIEWER}), ada.stage, subject)


def opened(person: Annotator, example: str) -> dict[str, Any]:
    return dict(person.client.get(person.url(f"/examples/{example}")).json())


def answered_by(ada: Annotator) -> str:
    """Have Ada answer an example; return its id."""
    (example,) = ada.batch(size=1)["examples"]
    assert ada.save(example["id"], spans=[ada.span(0, 6)]).status_code == 201
    return str(example["id"])


def slots() -> set[tuple[int, int, int]]:
    return set(QueueItem.objects.values_list("example_id", "open_slots", "missing"))


def test_a_reviewers_counts_and_the_first_one_stays(ada: Annotator, rita: Annotator) -> None:
    example, before = answered_by(ada), slots()
    theirs = opened(rita, example)["corrects"]
    assert (theirs["spans"], theirs["verdict"]) == ([ada.span(0, 6)], "accept")
    own = uuid4()
    saved = rita.save(example, own, spans=[rita.span(0, 3)], corrects=theirs["id"])
    assert saved.status_code == 201
    counting = Answer.objects.latest_in([ada.stage.dataset.id]).get()
    assert (counting.id, counting.spans) == (own, [rita.span(0, 3)])
    assert Answer.objects.get(id=theirs["id"]).spans == [ada.span(0, 6)]
    assert slots() == before
    again = opened(rita, example)
    assert (again["answer"]["id"], again["corrects"]) == (str(own), None)


def test_so_it_does_after_a_network_cut(ada: Annotator, rita: Annotator) -> None:
    example = answered_by(ada)
    theirs = opened(rita, example)["corrects"]
    late = {"id": str(uuid4()), "example": example, "verdict": "reject", "corrects": theirs["id"]}
    body = {"answers": [late]}
    done = rita.client.post(rita.url("/answers"), body, content_type="application/json")
    assert [row["status"] for row in done.json()["results"]] == [201]


def test_what_came_with_a_file_is_corrected_too(ada: Annotator, rita: Annotator) -> None:
    (gold,) = ada.stage.examples(["The Field of a file."], held_back=True)
    gold.refresh_from_db()
    save_answer(
        answer_id=uuid4(), task_id=None, example_id=gold.id, annotator=IMPORT_ANNOTATOR,
        decision=Decision(Verdict.ACCEPT, [ada.span(4, 9)]),
    )  # fmt: skip
    theirs = opened(rita, str(gold.uid))["corrects"]
    assert theirs["spans"] == [ada.span(4, 9)]
    assert rita.save(str(gold.uid), spans=[], corrects=theirs["id"]).status_code == 201
    assert Answer.objects.latest_in([ada.stage.evaluation.id]).get().spans == []


def test_an_annotator_neither_sees_nor_corrects_it(ada: Annotator) -> None:
    example = answered_by(ada)
    theirs = Answer.objects.get()
    ben = join(ada.stage, "Ben")
    assert (opened(ben, example)["corrects"], opened(ben, example)["answer"]) == (None, None)
    refused = ben.save(example, corrects=str(theirs.id))
    assert (refused.status_code, refused.json()["code"]) == (409, "lease.lost")
    assert Answer.objects.get() == theirs


@pytest.mark.parametrize("other", ["nothing", "another example's"])
def test_only_an_answer_to_the_same_example_is_corrected(
    ada: Annotator, rita: Annotator, other: str
) -> None:
    example = answered_by(ada)
    elsewhere = answered_by(ada)
    named = uuid4() if other == "nothing" else Answer.objects.get(example__uid=elsewhere).id
    assert rita.save(example, corrects=str(named)).status_code == 409


def test_labels_that_the_task_does_not_ask_for_are_not_lost(
    ada: Annotator, rita: Annotator
) -> None:
    example = answered_by(ada)
    ada.stage.task.label_ids = [ada.stage.labels[1].id]
    ada.stage.task.save()
    assert opened(rita, example)["corrects"] is None
