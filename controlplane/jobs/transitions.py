"""The one writer of `Job.state`: judge, then write what the new state brings along."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from annex.contract.enums import TERMINAL_STATES, JobState

from controlplane.jobs.models import Attempt, Job
from controlplane.jobs.rules import Proposal, Ruling, judge


def propose(job: Job, proposal: Proposal, now: datetime) -> Ruling:
    """Let the rules decide and write the outcome.

    Args: job: locked by the caller's transaction (`lock_job`).
    """
    ruling = judge(job, proposal)
    if ruling.to is not None:
        _enter(job, ruling.to, now)
    return ruling


def lock_job(job_id: Any) -> Job | None:
    """Return the job of the active organization, locked against other writers, or None."""
    return Job.objects.select_for_update(of=("self",), no_key=True).filter(id=job_id).first()


def _enter(job: Job, state: JobState, now: datetime) -> None:
    changes = {"state": state.value} | _brought_along(job, state, now)
    for name, value in changes.items():
        setattr(job, name, value)
    job.save(update_fields=list(changes))
    if state in TERMINAL_STATES or state in {JobState.LOST, JobState.QUEUED}:
        _end_attempt(job, state, now)


def _brought_along(job: Job, state: JobState, now: datetime) -> dict[str, Any]:
    if state in TERMINAL_STATES:
        return {"finished_at": now, "lease_expires_at": None, "silent": False}
    if state is JobState.OFFERED:
        return {"offered_at": now}
    if state is JobState.QUEUED:
        return _waiting_again()
    if state is JobState.HELD:
        return {"epoch": job.epoch + 1, "silent": False}
    if state is JobState.RUNNING:
        return {"started_at": job.started_at or now}
    return {"lease_expires_at": None}


def _waiting_again() -> dict[str, Any]:
    """Forget what the attempt that is over has reported."""
    return {
        "offered_at": None,
        "lease_expires_at": None,
        "silent": False,
        "stage": "",
        "done": 0,
        "total": None,
        "failure_code": "",
        "failure_stage": "",
        "failure_ref": None,
        "failure_affected": None,
    }


def _end_attempt(job: Job, state: JobState, now: datetime) -> None:
    Attempt.objects.filter(job=job, epoch=job.epoch, ended_at=None).update(
        ended_at=now, ended_as=state.value
    )
