"""The outbox: in the caller's transaction, newest per key, numbered without a gap."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import JobState, Stage
from annex.contract.leaves import Message
from annex.contract.outbound import (
    MAX_BATCH_BYTES,
    Event,
    JobProgressed,
    JobStateChanged,
    PollRequest,
    TaskProgressed,
)
from django.db import connection, transaction
from django.utils import timezone

from worker.link import outbox
from worker.link.inbox import free_slots
from worker.link.models import LinkLease, OutboxEvent
from worker.link.outbox import (
    NotAnEvent,
    drop_accepted,
    emit,
    first_unaccepted,
    has_urgent,
    seal,
    sealed_events,
)
from worker.link.upload import fitting

JOB = UUID(int=1)


def state(job: UUID = JOB, to: JobState = JobState.RUNNING) -> JobStateChanged:
    return JobStateChanged(job=job, job_epoch=1, state=to)


def progress(done: int, job: UUID = JOB) -> JobProgressed:
    return JobProgressed(job=job, job_epoch=1, stage=Stage.READING, done=done)


def sent() -> list[tuple[int, str]]:
    seal(100)
    return [(event.seq, event.body.type) for event in sealed_events(1, 100)]


@pytest.mark.django_db
def test_events_keep_their_order_and_progress_keeps_its_newest() -> None:
    for body in (progress(1), state(), progress(2), progress(3), progress(9, uuid4())):
        emit(body)
    assert sent() == [(1, "job.state"), (2, "job.progress"), (3, "job.progress")]
    bodies = [event.body for event in sealed_events(1, 100)]
    assert [body.done for body in bodies if isinstance(body, JobProgressed)] == [3, 9]


@pytest.mark.django_db
def test_a_numbered_event_never_changes() -> None:
    emit(progress(1))
    seal(100)
    before = sealed_events(1, 100)
    emit(progress(2))
    assert sealed_events(1, 100) == before
    assert sent() == [(1, "job.progress"), (2, "job.progress")]


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_said_and_leaves_no_gap() -> None:
    emit(progress(1))
    with transaction.atomic():
        emit(progress(2))
        emit(state())
        transaction.set_rollback(True)
    emit(state())
    assert sent() == [(1, "job.progress"), (2, "job.state")]
    first = sealed_events(1, 1)[0].body
    assert isinstance(first, JobProgressed)
    assert first.done == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        PollRequest(after=0, wait_seconds=0, free_slots=0),
        "text",
        type("Own", (JobStateChanged,), {})(job=JOB, job_epoch=1, state=JobState.RUNNING),
    ],
)
def test_only_registered_events_get_in(body: Message) -> None:
    with pytest.raises(NotAnEvent):
        emit(body)  # type: ignore[arg-type]  # what it must refuse
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db
def test_an_end_frees_the_slot_in_the_same_transaction() -> None:
    LinkLease.objects.create(job=JOB, epoch=1, lease_class="strict", renewed_at=timezone.now())
    emit(state(to=JobState.RUNNING))
    assert LinkLease.objects.filter(ended=False).count() == 1
    emit(state(to=JobState.SUCCEEDED))
    assert LinkLease.objects.filter(ended=False).count() == 0


@pytest.mark.django_db
def test_accepted_events_are_forgotten_and_the_count_goes_on() -> None:
    assert first_unaccepted() == 1
    emit(state())
    emit(state(uuid4()))
    assert has_urgent()
    assert sent() == [(1, "job.state"), (2, "job.state")]
    assert not has_urgent()
    drop_accepted(1)
    assert first_unaccepted() == 2
    drop_accepted(2)
    assert first_unaccepted() == 3


@pytest.mark.django_db(transaction=True)
def test_many_savers_at_once_neither_wait_for_each_other_nor_lose_a_number() -> None:
    task = uuid4()

    def save(count: int) -> None:
        for n in range(count):
            with transaction.atomic():
                emit(TaskProgressed(task=task, examples=100, answered=n))
                emit(state(uuid4()))
        connection.close()

    savers = [threading.Thread(target=save, args=(10,)) for _ in range(6)]
    for saver in savers:
        saver.start()
    while any(saver.is_alive() for saver in savers):
        seal(7)
    while seal(100):
        pass
    numbers = list(OutboxEvent.objects.order_by("seq").values_list("seq", flat=True))
    kinds = list(OutboxEvent.objects.values_list("kind", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert kinds.count("job.state") == 60
    assert 1 <= kinds.count("task.progress") <= 60


def test_a_batch_stays_below_its_size() -> None:
    body = state()
    one = Event(seq=1, at=datetime(2026, 1, 1, tzinfo=UTC), body=body)
    events = [one.model_copy(update={"seq": n}) for n in range(1, 3000)]
    kept = fitting(events)
    assert 1 < len(kept) < len(events)
    assert sum(len(event.model_dump_json()) for event in kept) < MAX_BATCH_BYTES
    assert fitting(events[:1]) == events[:1]


@pytest.mark.django_db
def test_a_cluster_that_could_not_tell_for_long_takes_no_more_jobs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slots = free_slots()
    assert slots > 0
    for _ in range(3):
        emit(state(uuid4()))
    assert free_slots() == slots
    monkeypatch.setattr(outbox, "MOST_WAITING_EVENTS", 2)
    assert free_slots() == 0
    monkeypatch.setattr(outbox, "MOST_WAITING_EVENTS", 3)
    assert free_slots() == slots
    OutboxEvent.objects.update(at=timezone.now() - outbox.MOST_WAITING_TIME - timedelta(seconds=1))
    assert free_slots() == 0
    emit(state(uuid4()))
    assert OutboxEvent.objects.count() == 4
