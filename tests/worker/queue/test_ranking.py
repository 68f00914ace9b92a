"""What a model is least sure of is handed out first, to ten people at once as to one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest

from tests.worker.cast import Stage, make_stage
from tests.worker.queue.test_actions import answer, check_invariant
from tests.worker.queue.threads import at_once
from worker.queue.actions import lease_examples
from worker.queue.filling import fill_queue
from worker.queue.models import QueueItem
from worker.queue.ranking import position_of, rank_queue
from worker.store.models import Example

pytestmark = pytest.mark.django_db(transaction=True)


def doubt_of(text: str) -> float:
    """The doubt is the number in the text, in hundreds of thousands."""
    return int(text.rsplit(" ", 1)[1]) / 100_000


def score(texts: Sequence[str]) -> list[float]:
    return [doubt_of(text) for text in texts]


def staged(count: int, *, seed: int = 0, share: float = 0.0) -> Stage:
    stage = make_stage(share=share)
    numbers = random.Random(seed).sample(range(100_000), count)
    stage.examples([f"text {number}" for number in numbers])
    fill_queue(stage.task)
    return stage


def doubts_served(stage: Stage, subject: UUID, count: int) -> list[float]:
    served = [lease.example_id for lease in lease_examples(stage.task, subject, count).served]
    texts = dict(Example.objects.filter(id__in=served).values_list("id", "text"))
    return [doubt_of(texts[example]) for example in served]


def test_the_least_sure_come_first() -> None:
    stage = staged(600)
    assert rank_queue(stage.task.id, score) == 600
    texts = Example.objects.filter(dataset=stage.dataset).values_list("text", flat=True)
    unsure = sorted(map(doubt_of, texts), reverse=True)
    assert doubts_served(stage, uuid4(), 30) == unsure[:30]


def test_ten_annotators_at_once_are_served_in_the_order_of_doubt() -> None:
    stage = staged(500)
    rank_queue(stage.task.id, score)
    texts = Example.objects.filter(dataset=stage.dataset).values_list("text", flat=True)
    unsure = sorted(map(doubt_of, texts), reverse=True)

    def annotate(subject: UUID) -> list[float]:
        doubts = []
        for _ in range(10):
            (lease,) = lease_examples(stage.task, subject, 1).served
            doubts.append(doubt_of(Example.objects.get(id=lease.example_id).text))
            answer(stage, subject, lease.example_id)
        return doubts

    each = at_once(*((lambda: annotate(uuid4())) for _ in range(10)))
    # Together they had exactly the hundred least sure, and each of them from doubt to certainty.
    assert sorted((doubt for doubts in each for doubt in doubts), reverse=True) == unsure[:100]
    assert all(doubts == sorted(doubts, reverse=True) for doubts in each)
    check_invariant(stage)


def test_another_model_orders_anew_while_people_annotate() -> None:
    stage = staged(400)
    rank_queue(stage.task.id, score)
    first = doubts_served(stage, uuid4(), 5)
    rank_queue(stage.task.id, lambda texts: [1 - doubt for doubt in score(texts)])
    after = doubts_served(stage, uuid4(), 5)
    assert min(first) > max(after)
    assert after == sorted(after)


def test_ranking_and_annotating_at_once_lose_and_double_nothing() -> None:
    stage = staged(300)

    def annotate(subject: UUID) -> int:
        done = 0
        while leases := lease_examples(stage.task, subject, 3).served:
            for lease in leases:
                answer(stage, subject, lease.example_id)
                done += 1
            if done >= 60:
                break
        return done

    def rank_again() -> int:
        return sum(rank_queue(stage.task.id, score) for _ in range(5))

    at_once(rank_again, *((lambda: annotate(uuid4())) for _ in range(5)))
    check_invariant(stage)
    assert not QueueItem.objects.filter(task_id=stage.task.id, missing=0, open_slots__gt=0).exists()


def test_what_comes_later_stands_behind_what_is_ranked() -> None:
    stage = staged(10)
    rank_queue(stage.task.id, lambda texts: [0.0 for _ in texts])
    (late,) = stage.examples(["text 99999"])
    fill_queue(stage.task)
    served = lease_examples(stage.task, uuid4(), 11).served
    assert served[-1].example_id == late.id


def test_held_back_examples_keep_their_order() -> None:
    stage = staged(5)
    stage.examples([f"text {number}" for number in (7, 99, 3)], held_back=True)
    fill_queue(stage.task)
    items = QueueItem.objects.filter(task_id=stage.task.id, lane="evaluation")
    before = list(items.order_by("id").values_list("id", "position"))
    assert rank_queue(stage.task.id, score) == 5
    assert list(items.order_by("id").values_list("id", "position")) == before


def test_a_long_queue_is_ranked_at_its_head_and_at_random_behind_it() -> None:
    stage = staged(200)
    assert 50 < rank_queue(stage.task.id, score, pool=50) <= 100
    ranked = QueueItem.objects.filter(task_id=stage.task.id, position__lt=0).count()
    assert 50 < ranked <= 100


def test_the_finest_doubts_are_told_apart() -> None:
    assert position_of(1.0) < position_of(0.5) < position_of(1e-15) < position_of(0.0) < 0
