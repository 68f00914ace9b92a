"""What one annotator after the other gets from the queue."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Verdict
from django.utils import timezone

from tests.worker.cast import Stage, make_stage
from worker.queue.actions import LeaseLost, complete, extend, keep_draft, lease_examples, release
from worker.queue.filling import fill_queue, resize_overlap
from worker.queue.models import Lane, Lease, QueueItem
from worker.queue.tallies import count_answer, progress_of
from worker.store.answers import Decision, save_answer
from worker.store.models import Example

pytestmark = pytest.mark.django_db
ADA, BEN, CLEO = uuid4(), uuid4(), uuid4()


def staged(count: int = 6, *, overlap: int = 1, share: float = 0.0, held_back: int = 0) -> Stage:
    stage = make_stage(overlap=overlap, share=share)
    stage.examples([f"text {n}" for n in range(count)])
    stage.examples([f"held back {n}" for n in range(held_back)], held_back=True)
    fill_queue(stage.task)
    return stage


def lease(stage: Stage, subject: UUID, count: int, holding: tuple[int, ...] = ()) -> list[int]:
    leases = lease_examples(stage.task, subject, count, holding=holding).served
    return [row.example_id for row in leases]


def answer(stage: Stage, subject: UUID, example_id: int) -> bool:
    """Save and complete as the HTTP edge does; returns whether the example is finished."""
    save_answer(
        answer_id=uuid4(),
        task_id=stage.task.id,
        example_id=example_id,
        annotator=subject,
        decision=Decision(Verdict.ACCEPT, []),
    )
    done = complete(stage.task, example_id, subject)
    count_answer(stage.task.id, subject, Verdict.ACCEPT, 1000, done)
    return done.finished


def expire(**which: object) -> None:
    Lease.objects.filter(**which).update(expires_at=timezone.now() - timedelta(seconds=1))


def check_invariant(stage: Stage) -> None:
    """Every slot is free, held or used up."""
    for item in QueueItem.objects.filter(task_id=stage.task.id):
        leases = Lease.objects.filter(task_id=stage.task.id, example_id=item.example_id).count()
        answers = (
            Example.objects.get(id=item.example_id).answers.filter(task_id=stage.task.id).count()
        )
        assert item.open_slots + leases + answers == stage.task.overlap
        assert item.missing + answers == stage.task.overlap


def test_filling_twice_adds_nothing() -> None:
    stage = staged(5, held_back=2)
    assert fill_queue(stage.task) == 0
    stage.examples(["one more"])
    assert fill_queue(stage.task) == 1
    assert QueueItem.objects.filter(lane=Lane.EVALUATION).count() == 2


def test_imported_answers_are_not_asked_again() -> None:
    stage = make_stage()
    asked, known = stage.examples(["asked", "known"])
    save_answer(
        answer_id=uuid4(), task_id=None, example_id=known.id, annotator=uuid4(),
        decision=Decision(Verdict.ACCEPT, []),
    )  # fmt: skip
    assert fill_queue(stage.task) == 1
    assert lease(stage, ADA, 5) == [asked.id]


def test_examples_come_in_order_and_once() -> None:
    stage = staged(6)
    ids = list(QueueItem.objects.order_by("position").values_list("example_id", flat=True))
    assert lease(stage, ADA, 2) == ids[:2]
    assert lease(stage, BEN, 3) == ids[2:5]
    check_invariant(stage)


def test_reload_gives_the_same_with_the_draft() -> None:
    stage = staged()
    first = lease(stage, ADA, 3)
    assert keep_draft(stage.task, ADA, first[0], {"spans": [], "flagged": True, "note": "hm"})
    again = lease_examples(stage.task, ADA, 3).served
    assert [row.example_id for row in again] == first
    assert again[0].draft == {"spans": [], "flagged": True, "note": "hm"}
    assert not keep_draft(stage.task, BEN, first[0], {"spans": []})


def test_holding_brings_further_ones() -> None:
    stage = staged()
    first = lease(stage, ADA, 2)
    more = lease(stage, ADA, 2, holding=tuple(first))
    assert not set(first) & set(more)
    assert len(more) == 2


def test_expired_lease_returns_in_its_place() -> None:
    stage = staged()
    held = lease(stage, ADA, 2)
    expire(subject=ADA)
    assert lease(stage, BEN, 3)[:2] == held
    check_invariant(stage)


def test_own_expired_lease_is_kept_with_its_draft() -> None:
    stage = staged()
    held = lease(stage, ADA, 1)
    keep_draft(stage.task, ADA, held[0], {"spans": []})
    expire(subject=ADA)
    assert lease_examples(stage.task, ADA, 1).served[0].draft == {"spans": []}


def test_extend_and_release() -> None:
    stage = staged()
    held = lease(stage, ADA, 2)
    expire(subject=ADA)
    assert extend(stage.task, ADA, [held[0]]) == 1
    assert extend(stage.task, BEN, held) == 0
    assert release(stage.task, BEN, held) == 0
    assert release(stage.task, ADA, held) == 2
    assert lease(stage, BEN, 2) == held
    check_invariant(stage)


def test_overlap_gives_each_example_to_two_but_never_twice_to_one() -> None:
    stage = staged(3, overlap=2)
    for subject in (ADA, BEN):
        for example in lease(stage, subject, 3):
            finished = answer(stage, subject, example)
            assert finished is (subject is BEN)
        assert lease(stage, subject, 3) == []
    assert lease(stage, CLEO, 3) == []
    assert progress_of(stage.task.id, ADA).answered == 3
    check_invariant(stage)


def test_held_back_examples_are_mixed_in_until_exhausted() -> None:
    stage = staged(20, share=0.33, held_back=3)
    lanes = dict(QueueItem.objects.values_list("example_id", "lane"))
    served = []
    for _ in range(12):
        (example,) = lease(stage, ADA, 1)
        answer(stage, ADA, example)
        served.append(lanes[example])
    where = [n for n, lane in enumerate(served) if lane == Lane.EVALUATION]
    assert where == [0, 3, 6]


def test_held_back_lane_gives_the_rest_when_main_is_empty() -> None:
    stage = staged(2, share=0.1, held_back=5)
    assert len(lease(stage, ADA, 7)) == 7


def test_idle_annotator_takes_over_untouched_work() -> None:
    stage = staged(5)
    held = lease(stage, ADA, 5)
    assert len(held) == 5
    keep_draft(stage.task, ADA, held[1], {"spans": []})
    taken = lease(stage, BEN, 5)
    assert sorted(taken) == sorted(held[2:])
    # Who still has work takes nothing back.
    assert lease(stage, ADA, 5) == held[:2]
    check_invariant(stage)


def test_even_the_first_is_taken_from_somebody_who_left() -> None:
    stage = staged(1)
    held = lease(stage, ADA, 1)
    assert lease(stage, BEN, 1) == []
    Lease.objects.update(active_at=timezone.now() - timedelta(minutes=3))
    assert lease(stage, BEN, 1) == held


def test_first_answer_is_kept_and_the_other_told() -> None:
    stage = staged(1)
    (example,) = lease(stage, ADA, 1)
    expire(subject=ADA)
    assert lease(stage, BEN, 1) == [example]
    assert answer(stage, ADA, example) is True
    with pytest.raises(LeaseLost):
        complete(stage.task, example, BEN)
    check_invariant(stage)


def test_answer_after_expiry_counts_when_nobody_else_has_it() -> None:
    stage = staged(1)
    (example,) = lease(stage, ADA, 1)
    release(stage.task, ADA, [example])
    assert answer(stage, ADA, example) is True
    check_invariant(stage)


def test_paused_task_hands_out_nothing_new() -> None:
    stage = staged()
    held = lease(stage, ADA, 1)
    stage.task.state = "paused"
    assert lease(stage, ADA, 3) == held
    assert lease(stage, BEN, 3) == []


def test_raising_the_overlap_asks_again() -> None:
    stage = staged(2)
    for example in lease(stage, ADA, 2):
        answer(stage, ADA, example)
    assert lease(stage, BEN, 2) == []
    stage.task.overlap = 2
    stage.task.save()
    resize_overlap(stage.task)
    check_invariant(stage)
    assert len(lease(stage, BEN, 2)) == 2
