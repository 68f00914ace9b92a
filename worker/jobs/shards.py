"""Parts of an attempt, taken by any number of processes; the rows decide who does which.

The attempt's own process splits the work, takes shards like everybody else, and ends when none is
left. Others come when a doorbell rings. What a killed process held is silent soon, and taken again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

from annex.contract.enums import FailureCode
from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Now

from worker.jobs.errors import AttemptFenced, JobFailure
from worker.jobs.models import Attempt, Shard
from worker.jobs.querysets import silent_before

BEAT_SECONDS = 0.5
"""Between two looks at whether the shard is still ours and the job still wanted."""


class HeldShard:
    """A shard that this process has taken."""

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self._beaten_at = time.monotonic()

    @property
    def work(self) -> Any:
        """What the recipe wrote of the shard when it split the work."""
        return self.shard.work

    def progress(self, done: int) -> None:
        """Say how far the shard is; call it as often as you like.

        Raises: AttemptFenced when another process holds it by now, or the job is over or cancelled.
        """
        if time.monotonic() - self._beaten_at < BEAT_SECONDS:
            return
        self._beaten_at = time.monotonic()
        if not self._mine().update(done=done, heartbeat_at=Now()):
            raise AttemptFenced

    def beat(self) -> None:
        """Show that whoever holds the shard lives."""
        self._mine().update(heartbeat_at=Now())

    def finish(self, done: int, result: dict[str, Any]) -> bool:
        """Record the shard as done. Returns: False when it is no longer ours."""
        state = Shard.State.DONE
        return bool(self._mine().update(state=state, done=done, result=result))

    def fail(self, failure: JobFailure) -> None:
        """Record that the shard cannot be done, which fails the job."""
        result = {
            "code": failure.code.value,
            "affected": failure.affected,
            "detail": failure.detail,
        }
        self._mine().update(state=Shard.State.FAILED, result=result)

    def _mine(self) -> Any:
        return Shard.objects.filter(
            id=self.shard.id,
            holder=self.shard.holder,
            state=Shard.State.RUNNING,
            attempt__state="running",
            attempt__cancel_requested=False,
        )


def split_into(attempt: Attempt, works: Sequence[dict[str, Any]]) -> None:
    """Write the attempt's shards; call it within `JobContext.write()`."""
    Shard.objects.bulk_create(
        [Shard(attempt=attempt, number=n, work=work) for n, work in enumerate(works)],
        batch_size=1000,
    )


def take_shard(attempt_id: UUID, *, is_helped: bool) -> HeldShard | None:
    """Take the first shard that waits or whose holder has fallen silent.

    Args:    is_helped: whether this is another process than the attempt's own.
    Returns: None when there is none, or the attempt does not run.
    """
    with transaction.atomic():
        waiting = Q(state=Shard.State.WAITING)
        silent = Q(state=Shard.State.RUNNING, heartbeat_at__lt=silent_before())
        shards = Shard.objects.filter(waiting | silent, attempt=attempt_id)
        running = shards.filter(attempt__state="running", attempt__cancel_requested=False)
        shard = running.order_by("number").select_for_update(skip_locked=True, of=("self",)).first()
        if shard is None or _is_given_up(shard):
            return None
        shard.state, shard.holder, shard.done = Shard.State.RUNNING, uuid4(), 0
        shard.is_helped, shard.tries = is_helped, shard.tries + 1
        shard.save(update_fields=["state", "holder", "done", "is_helped", "tries"])
        Shard.objects.filter(id=shard.id).update(heartbeat_at=Now())
    return HeldShard(shard)


def open_shards(attempt_id: UUID) -> int:
    """Return how many shards are neither done nor failed."""
    states = [Shard.State.WAITING, Shard.State.RUNNING]
    return Shard.objects.filter(attempt=attempt_id, state__in=states).count()


def done_in(attempt_id: UUID) -> int:
    """Return how far all shards are together."""
    total = Shard.objects.filter(attempt=attempt_id).aggregate(total=Sum("done"))["total"]
    return int(total or 0)


def raise_failure(attempt_id: UUID) -> None:
    """Raise the failure of the first shard that failed, if any has. Raises: JobFailure."""
    failed = Shard.objects.filter(attempt=attempt_id, state=Shard.State.FAILED)
    for result in failed.order_by("number").values_list("result", flat=True)[:1]:
        code = FailureCode(result["code"])
        raise JobFailure(code, result["affected"], result["detail"])


def helpers_at_work() -> int:
    """Return how many processes are doing shards of other processes' attempts."""
    running = Shard.objects.filter(state=Shard.State.RUNNING, is_helped=True)
    return running.filter(heartbeat_at__gte=silent_before()).count()


def do_held(held: HeldShard, do: Callable[[HeldShard], None]) -> None:
    """Do a shard; a JobFailure is recorded, and fails the job."""
    try:
        do(held)
    except JobFailure as failure:
        held.fail(failure)


def _is_given_up(shard: Shard) -> bool:
    """Fail a shard that has cost as many processes as a job may."""
    if shard.tries < settings.JOB_RUNS:
        return False
    result = {
        "code": FailureCode.CRASHED.value,
        "affected": None,
        "detail": f"The processes that did part {shard.number} were lost {shard.tries} times.",
    }
    shard.state, shard.result = Shard.State.FAILED, result
    shard.save(update_fields=["state", "result"])
    return True
