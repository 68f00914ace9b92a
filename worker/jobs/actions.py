"""How attempts change. A change of state and the event that tells of it share a transaction."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import FailureCode, JobRecipe, JobState, LeaseClass, Stage
from annex.contract.inbound import JobOffer
from annex.contract.outbound import JobFailed, JobStateChanged
from annex.contract.recipes import ARGUMENTS_OF
from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from pydantic import ValidationError

from worker.jobs.models import Attempt, Failure
from worker.jobs.querysets import OPEN_STATES
from worker.jobs.remains import remove_remains
from worker.jobs.shards import HeldShard, helpers_at_work, take_shard
from worker.link.commands import is_allowed
from worker.link.outbox import emit

CLAIM_LOCK = 0x616E6E6578  # "annex": serialises claims, so that the count of slots is exact


def accept_job(offer: JobOffer, epoch: int) -> Attempt:
    """Write the attempt of a claimed job; a doorbell is rung once that has committed.

    Accepting the same (job, epoch) again returns the row that is there and changes nothing. Older
    epochs of the job are fenced off. Arguments that do not fit the recipe, or a recipe that this
    cluster does not allow, make an attempt that has failed already.
    """
    with transaction.atomic():
        attempt, is_new = Attempt.objects.get_or_create(
            job=offer.job,
            epoch=epoch,
            defaults={
                "project_id": offer.project,
                "recipe": offer.recipe.value,
                "arguments": offer.arguments,
                "lease_class": offer.lease_class.value,
            },
        )
        if is_new:
            _fence_older(attempt)
            _open_or_refuse(attempt)
    return attempt


def request_cancel(job: UUID) -> None:
    """Ask the job's open attempts to stop. Those that have not started are over at once."""
    with transaction.atomic():
        for attempt in Attempt.objects.filter(job=job).open().select_for_update():
            Attempt.objects.filter(id=attempt.id).update(cancel_requested=True)
            if attempt.state == JobState.HELD:
                _end(attempt, JobState.CANCELLED)


def give_up(job: UUID, epoch: int) -> None:
    """Stop work on a job whose strict lease is gone: another cluster or epoch may hold it by now.

    Effects: the attempt is lost; nothing is told, because the control plane decided it.
    """
    lost = Attempt.objects.filter(job=job, epoch=epoch, lease_class=LeaseClass.STRICT.value)
    lost.open().update(state=JobState.LOST.value, finished_at=Now())


def claim_attempt(attempt_id: UUID) -> Attempt | None:
    """Take an attempt for this process if it may start now.

    Returns: the attempt with its new `run`, or None when it is over, alive elsewhere, or all of
    the cluster's slots are taken. Effects: `job.state running` on the first run.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])
        startable = Attempt.objects.startable().filter(id=attempt_id)
        attempt = startable.select_for_update().first()
        if attempt is None or _is_given_up(attempt) or not _has_free_slot():
            return None
        _start(attempt)
        return attempt


def claim_shard(attempt_id: UUID) -> HeldShard | None:
    """Take a shard of another process's attempt, if the cluster has a slot free for it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])
        return take_shard(attempt_id, is_helped=True) if _has_free_slot() else None


def finish_attempt(attempt: Attempt, state: JobState) -> bool:
    """End the attempt if this run still owns it.

    Returns: whether it did. Effects: one `job.state` event, which ends the link's lease.
    """
    with transaction.atomic():
        if not _own(attempt):
            return False
        _end(attempt, state)
        return True


def fail_attempt(
    attempt: Attempt,
    code: FailureCode,
    *,
    stage: Stage | None = None,
    affected: int | None = None,
    message: str = "",
    traceback: str = "",
) -> bool:
    """End the attempt as failed if this run still owns it; message and traceback stay here.

    Returns: whether it did. Effects: a Failure row, `job.failed`, `job.state failed`.
    """
    with transaction.atomic():
        owned = _own(attempt)
        if owned is None:
            return False
        stage = stage or Stage(owned.stage)
        told = {"message": message, "traceback": traceback}
        _fail(owned, code, stage=stage, affected=affected, **told)
        return True


def beat(attempt: Attempt, process_id: int | None = None) -> bool:
    """Move the attempt's heartbeat. Returns: whether this run still owns the attempt."""
    changes: dict[str, object] = {"heartbeat_at": Now()}
    if process_id is not None:
        changes["process_id"] = process_id
    return bool(Attempt.objects.current(attempt.id, attempt.run).update(**changes))


def startable_ids() -> list[UUID]:
    """Return the attempts that wait or have fallen silent, oldest first."""
    return list(Attempt.objects.startable().values_list("id", flat=True))


def _own(attempt: Attempt) -> Attempt | None:
    return Attempt.objects.current(attempt.id, attempt.run).select_for_update().first()


def _fence_older(attempt: Attempt) -> None:
    older = Attempt.objects.filter(job=attempt.job, epoch__lt=attempt.epoch, state__in=OPEN_STATES)
    older.update(state=JobState.LOST.value, finished_at=Now(), cancel_requested=True)


def _open_or_refuse(attempt: Attempt) -> None:
    recipe = JobRecipe(attempt.recipe)
    if not is_allowed(recipe):
        detail = "ANNEX_ALLOWED_RECIPES does not name this recipe."
        _fail(attempt, FailureCode.REFUSED_OPERATION, stage=Stage.STARTING, message=detail)
        return
    try:
        ARGUMENTS_OF[recipe].model_validate(attempt.arguments)
    except ValidationError as error:
        _fail(attempt, FailureCode.BAD_ARGUMENTS, stage=Stage.STARTING, message=str(error))
        return
    # robust: without the broker the sweeper rings later, and the offer is accepted all the same
    transaction.on_commit(lambda: _ring(attempt.id), robust=True)


def _ring(attempt_id: UUID) -> None:
    from worker.jobs.tasks import ring  # tasks import these actions

    ring(attempt_id)


def _is_given_up(attempt: Attempt) -> bool:
    """End an attempt whose supervisor died after a cancel, or that has had all its runs."""
    if attempt.cancel_requested:
        _end(attempt, JobState.CANCELLED)
    elif attempt.run >= settings.JOB_RUNS:
        detail = f"Its process was lost {attempt.run} times."
        _fail(attempt, FailureCode.CRASHED, stage=Stage(attempt.stage), message=detail)
    else:
        return False
    transaction.on_commit(lambda: remove_remains(attempt))
    return True


def _has_free_slot() -> bool:
    return Attempt.objects.alive().count() + helpers_at_work() < settings.SLOTS


def _start(attempt: Attempt) -> None:
    attempt.run += 1
    attempt.state = JobState.RUNNING.value
    attempt.heartbeat_at = timezone.now()
    attempt.started_at = attempt.started_at or attempt.heartbeat_at
    attempt.process_id = None
    attempt.save(update_fields=["run", "state", "heartbeat_at", "started_at", "process_id"])
    if attempt.run == 1:
        _tell(attempt, JobState.RUNNING)


def _end(attempt: Attempt, state: JobState) -> None:
    Attempt.objects.filter(id=attempt.id).update(state=state.value, finished_at=Now())
    attempt.state = state.value
    _tell(attempt, state)


def _fail(
    attempt: Attempt,
    code: FailureCode,
    *,
    stage: Stage,
    affected: int | None = None,
    message: str = "",
    traceback: str = "",
) -> None:
    failure = Failure.objects.create(
        attempt=attempt, code=code.value, stage=stage.value, message=message, traceback=traceback
    )
    emit(
        JobFailed(
            job=attempt.job,
            job_epoch=attempt.epoch,
            code=code,
            stage=stage,
            ref=failure.ref,
            affected=affected,
        )
    )
    _end(attempt, JobState.FAILED)


def _tell(attempt: Attempt, state: JobState) -> None:
    emit(JobStateChanged(job=attempt.job, job_epoch=attempt.epoch, state=state))
