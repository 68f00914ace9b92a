"""A published recipe's stream fills the queue of its task, and goes on where it was."""

from __future__ import annotations

from tests.worker.published.conftest import Staged
from worker.published.drawing import DRAWN_AT_ONCE, top_up
from worker.published.models import Stream
from worker.queue.models import QueueItem
from worker.store.models import Example


def test_a_stream_fills_the_queue(staged: Staged) -> None:
    stage = staged("polite.letters", {"count": 500})
    assert not top_up(stage.task.id)
    stream = Stream.objects.get(task_id=stage.task.id)
    assert (stream.state, stream.taken, stream.resume) == ("open", DRAWN_AT_ONCE, DRAWN_AT_ONCE)
    examples = list(Example.objects.visible_in([stage.dataset.id]))
    assert [example.meta["number"] for example in examples] == list(range(DRAWN_AT_ONCE))
    assert QueueItem.objects.filter(task_id=stage.task.id).count() == DRAWN_AT_ONCE
    assert not top_up(stage.task.id), "the queue is full"
    assert Example.objects.count() == DRAWN_AT_ONCE
