"""Annotators racing on PostgreSQL: nothing is lost, nothing is doubled, nobody runs dry."""

from __future__ import annotations

import random
import time
from collections import Counter
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Verdict

from tests.worker.cast import Stage, make_stage
from tests.worker.queue.test_actions import answer, check_invariant
from tests.worker.queue.threads import at_once
from worker.queue.actions import lease_examples, release
from worker.queue.filling import fill_queue
from worker.queue.models import Lease, QueueItem
from worker.queue.tallies import progress_of
from worker.store.models import Answer

pytestmark = pytest.mark.django_db(transaction=True)


def staged(count: int, *, overlap: int = 1) -> Stage:
    stage = make_stage(overlap=overlap)
    stage.examples([f"text {n}" for n in range(count)])
    fill_queue(stage.task)
    return stage


def test_two_racing_for_a_queue_share_no_example() -> None:
    stage = staged(40)
    ada, ben = at_once(
        *(lambda who=who: lease_examples(stage.task, who, 20).served for who in (uuid4(), uuid4()))
    )
    served = [row.example_id for row in ada + ben]
    assert len(served) == len(set(served)) == 40


def test_one_annotator_in_two_tabs_claims_nothing_twice() -> None:
    stage, ada = staged(30, overlap=3), uuid4()
    at_once(*(lambda: lease_examples(stage.task, ada, 5) for _ in range(4)))
    check_invariant(stage)
    assert Lease.objects.filter(subject=ada).count() == 5


def drain(stage: Stage, subject: UUID, *, seed: int) -> int:
    """Annotate until nothing is left, at times giving an example back; return the answers."""
    chance, answered = random.Random(seed), 0
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        leases = lease_examples(stage.task, subject, 3).served
        if not leases and is_done(stage):
            return answered
        for row in leases:
            if chance.random() < 0.1:
                release(stage.task, subject, [row.example_id])
            else:
                answered += try_answer(stage, subject, row.example_id)
    raise AssertionError("the queue was not drained in time")


def try_answer(stage: Stage, subject: UUID, example_id: int) -> int:
    from django.db import transaction

    from worker.queue.actions import LeaseLost

    try:
        with transaction.atomic():
            answer(stage, subject, example_id)
    except LeaseLost:
        return 0
    return 1


def is_done(stage: Stage) -> bool:
    return not QueueItem.objects.filter(task_id=stage.task.id, missing__gt=0).exists()


def test_eight_annotators_drain_500_examples() -> None:
    stage = staged(500)
    people = [uuid4() for _ in range(8)]
    counts = at_once(
        *(lambda who=who, n=n: drain(stage, who, seed=n) for n, who in enumerate(people))
    )
    per_example = Counter(Answer.objects.values_list("example_id", flat=True))
    assert sum(counts) == len(per_example) == 500
    assert set(per_example.values()) == {1}
    assert all(count > 0 for count in counts)
    assert not Lease.objects.exists()
    done = [progress_of(stage.task.id, who) for who in people]
    assert (sum(row.mine for row in done), done[0].answered) == (500, 500)
    assert Answer.objects.filter(verdict=Verdict.ACCEPT.value).count() == 500


def test_overlap_two_gives_each_example_to_exactly_two_people() -> None:
    stage = staged(60, overlap=2)
    people = [uuid4() for _ in range(4)]
    at_once(*(lambda who=who, n=n: drain(stage, who, seed=n) for n, who in enumerate(people)))
    pairs = list(Answer.objects.values_list("example_id", "annotator"))
    assert len(pairs) == len(set(pairs)) == 120
    assert set(Counter(example for example, _ in pairs).values()) == {2}
    check_invariant(stage)
