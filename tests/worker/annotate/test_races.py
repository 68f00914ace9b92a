"""Several requests at the same moment, over HTTP, each in a real thread on PostgreSQL."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.worker.annotate.conftest import Annotator, join, stage_with
from tests.worker.queue.threads import at_once
from worker.people.sessions import COOKIE
from worker.queue.models import Lease, QueueItem, Tally
from worker.store.models import Answer

pytestmark = pytest.mark.django_db(transaction=True)


def another_tab(annotator: Annotator) -> Annotator:
    """The same session with a client of its own: a test client is not for two threads."""
    client = Client(headers={"X-CSRF-Token": annotator.client.defaults["HTTP_X_CSRF_TOKEN"]})
    client.cookies[COOKIE] = annotator.client.cookies[COOKIE].value
    return Annotator(client, annotator.stage, annotator.subject)


def test_same_answer_sent_four_times_at_once_is_saved_once() -> None:
    ada = join(stage_with([f"text {n}" for n in range(5)]), "Ada")
    for row in ada.batch()["examples"]:
        answer_id = uuid4()
        tabs = [another_tab(ada) for _ in range(4)]
        answers = at_once(
            *(partial(tab.save, row["id"], answer_id, working_ms=500) for tab in tabs)
        )
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
        assert {answer.json()["version"] for answer in answers} == {1}
    tally = Tally.objects.get(subject=ada.subject.id)
    assert (tally.accepted, tally.finished, tally.working_ms) == (5, 5, 2500)
    assert Answer.objects.count() == 5
    assert not QueueItem.objects.filter(missing__gt=0).exists()


def test_two_tabs_with_different_answers_keep_one_and_show_both() -> None:
    ada = join(stage_with(["text"]), "Ada")
    example = ada.batch()["examples"][0]["id"]
    tabs = [another_tab(ada), another_tab(ada)]
    one, other = at_once(
        lambda: tabs[0].save(example, verdict="accept"),
        lambda: tabs[1].save(example, verdict="reject"),
    )
    kept, refused = sorted((one, other), key=lambda answer: answer.status_code)
    assert (kept.status_code, refused.status_code) == (201, 409)
    problem = refused.json()
    assert problem["theirs"]["id"] == kept.json()["id"]
    assert Answer.objects.count() == 1
    assert Tally.objects.get().finished == 1


def test_two_annotators_on_one_example_keep_the_first() -> None:
    stage = stage_with(["text"])
    ada, ben = join(stage, "Ada"), join(stage, "Ben")
    example = ada.batch()["examples"][0]["id"]
    # Her lease ran out while she was away, and Ben got the example.
    Lease.objects.update(expires_at="2001-01-01T00:00Z")
    assert ben.batch()["examples"][0]["id"] == example
    answers = at_once(lambda: ada.save(example), lambda: ben.save(example))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    (lost,) = [answer for answer in answers if answer.status_code == 409]
    assert lost.json()["code"] == "lease.lost"
    assert Answer.objects.count() == 1
    assert sum(Tally.objects.values_list("finished", flat=True)) == 1


def test_posts_of_the_same_answers_in_other_orders_do_not_lock_each_other() -> None:
    ada = join(stage_with([f"text {n}" for n in range(20)]), "Ada")
    examples = [row["id"] for row in ada.batch(size=20)["examples"]]
    answers: list[dict[str, Any]] = [
        {"id": str(uuid4()), "example": example, "verdict": "accept"} for example in examples
    ]

    def post(tab: Annotator, body: list[dict[str, Any]]) -> Any:
        url = tab.url("/answers")
        return tab.client.post(url, {"answers": body}, content_type="application/json")

    first, second = another_tab(ada), another_tab(ada)
    results = at_once(lambda: post(first, answers), lambda: post(second, answers[::-1]))
    statuses = [row["status"] for answer in results for row in answer.json()["results"]]
    assert sorted(statuses) == [200] * 20 + [201] * 20
    assert Answer.objects.count() == Tally.objects.get().accepted == 20
