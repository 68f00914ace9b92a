"""Doorbells. Each carries an id and may be lost, repeated or late: the attempt's row decides."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import LeaseClass
from celery import shared_task
from django.conf import settings

from worker.jobs.actions import claim_attempt, startable_ids
from worker.jobs.helping import attempts_to_help, help_attempt
from worker.jobs.models import Attempt
from worker.jobs.remains import remove_abandoned_remains
from worker.jobs.supervisor import supervise


@shared_task(name="worker.jobs.run_attempt", acks_late=True, reject_on_worker_lost=True)
def run_attempt_task(attempt_id: str) -> None:
    """Run a short job; its message comes back when the worker is killed."""
    run_attempt(UUID(attempt_id))


# Celery's own limits only catch a supervisor that hangs: supervising ends a job long before.
@shared_task(
    name="worker.jobs.run_long_attempt",
    acks_late=False,
    soft_time_limit=int(settings.JOB_LONG_SECONDS) + 60,
    time_limit=int(settings.JOB_LONG_SECONDS) + 120,
)
def run_long_attempt_task(attempt_id: str) -> None:
    """Run a training: acknowledged at once, because it may outlast the broker's patience."""
    run_attempt(UUID(attempt_id))


@shared_task(name="worker.jobs.sweep_attempts", acks_late=False)
def sweep_attempts_task() -> None:
    """Ring again for what waits or has fallen silent; clear up after the dead."""
    for attempt_id in startable_ids():
        ring(attempt_id)
    for attempt_id in attempts_to_help():
        ring_for_help(attempt_id)
    remove_abandoned_remains()


@shared_task(name="worker.jobs.help_attempt", acks_late=False)
def help_attempt_task(attempt_id: str) -> None:
    """Do shards of an attempt; rings again where it had to make room for another job."""
    if help_attempt(UUID(attempt_id)):
        help_attempt_task.delay(attempt_id)


def ring_for_help(attempt_id: UUID) -> None:
    """Tell as many worker processes as there may be that an attempt has shards to be done."""
    for _ in range(settings.SLOTS - 1):
        help_attempt_task.delay(str(attempt_id))


def ring(attempt_id: UUID) -> None:
    """Tell some worker process that an attempt may start."""
    lease_class = Attempt.objects.values_list("lease_class", flat=True).get(id=attempt_id)
    task = run_long_attempt_task if lease_class == LeaseClass.STICKY else run_attempt_task
    task.delay(str(attempt_id))


def run_attempt(attempt_id: UUID) -> None:
    """Claim an attempt and see it through; then ring for the next that waits for the slot.

    Effects: nothing when the claim is refused: a doubled or late doorbell.
    """
    attempt = claim_attempt(attempt_id)
    if attempt is None:
        return
    supervise(attempt)
    for waiting in startable_ids()[:1]:
        ring(waiting)
