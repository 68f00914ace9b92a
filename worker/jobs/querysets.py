"""Reads of attempts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from annex.contract.enums import JobState
from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from worker.jobs.models import Attempt  # noqa: F401  (named in the base class)

OPEN_STATES = (JobState.HELD.value, JobState.RUNNING.value)


def silent_before() -> datetime:
    """Return the moment before which a running attempt's last heartbeat makes it silent."""
    return timezone.now() - timedelta(seconds=settings.JOB_SILENT_SECONDS)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts; oldest first where order matters."""

    def open(self) -> AttemptQuerySet:
        """Return the attempts that are not over."""
        return self.filter(state__in=OPEN_STATES)

    def alive(self) -> AttemptQuerySet:
        """Return the running attempts whose supervisor has been heard of lately."""
        return self.filter(state=JobState.RUNNING.value, heartbeat_at__gte=silent_before())

    def startable(self) -> AttemptQuerySet:
        """Return the attempts that wait for a start, or whose supervisor has fallen silent."""
        waiting = models.Q(state=JobState.HELD.value)
        silent = models.Q(state=JobState.RUNNING.value, heartbeat_at__lt=silent_before())
        return self.filter(waiting | silent).order_by("created_at", "id")

    def current(self, attempt_id: UUID, run: int) -> AttemptQuerySet:
        """Return the attempt if `run` still owns it."""
        return self.filter(id=attempt_id, run=run, state=JobState.RUNNING.value)
