"""Wait for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID

from worker.jobs.models import Attempt
from worker.link.models import OutboxEvent


def wait_until(condition: Callable[[], bool], seconds: float = 120.0) -> float:
    """Wait until the condition holds and return the seconds it took; fail after `seconds`."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, "it never came true"
        time.sleep(0.02)
    return time.monotonic() - started


def state_of(attempt: Attempt) -> str:
    """Return the attempt's present state."""
    return Attempt.objects.values_list("state", flat=True).get(id=attempt.id)


def states_told(job: UUID) -> list[str]:
    """Return the states of a job that the outbox tells of, in order."""
    rows = OutboxEvent.objects.filter(kind="job.state", body__job=str(job)).order_by("id")
    return [row.body["state"] for row in rows]
