"""Offers, claims, renewals and their ends (docs/protocol.md section 4).

Every function runs in a tenant. `now` is given by the caller, so that tests can let the clock jump.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from annex.contract.enums import JobRecipe, JobState, LeaseClass
from annex.contract.inbound import Grant, JobOffer, RenewAnswer
from annex.contract.outbound import HeldJob

from controlplane.clusters.commands import send_command
from controlplane.clusters.models import Cluster
from controlplane.jobs.errors import JobTaken
from controlplane.jobs.models import Attempt, Job
from controlplane.jobs.rules import LEASED, Proposal, Proposer
from controlplane.jobs.transitions import lock_job, propose
from controlplane.lib.errors import NotFound

OFFER_SECONDS: Final = 60
LEASE_SECONDS: Final = 120
GRACE_SECONDS: Final = 30
"""The cluster counts a lease as gone 90 s after its last renewal; we act after TTL + grace."""


def offer_jobs(*, cluster_id: UUID, free_slots: int, now: datetime) -> int:
    """Offer queued jobs, oldest first, as far as the cluster has room; return how many."""
    room = free_slots - Job.objects.filter(cluster=cluster_id, state=JobState.OFFERED).count()
    if room <= 0:
        return 0
    rows = Job.objects.filter(cluster=cluster_id, state=JobState.QUEUED).order_by("created_at")
    jobs = list(rows.select_for_update(of=("self",), no_key=True, skip_locked=True)[:room])
    if jobs:
        cluster = Cluster.objects.get(id=cluster_id)
        for job in jobs:
            _offer(job, cluster, now)
    return len(jobs)


def _offer(job: Job, cluster: Cluster, now: datetime) -> None:
    propose(job, Proposal(JobState.OFFERED, Proposer.CLOCK, job.epoch), now)
    send_command(
        cluster=cluster,
        body=JobOffer(
            job=job.id,
            epoch=job.epoch,
            project=job.project_id,
            recipe=JobRecipe(job.recipe),
            arguments=job.arguments,
            lease_class=LeaseClass(job.lease_class),
        ),
    )


def claim_job(
    *, cluster_id: UUID, session_epoch: int, job_id: UUID, epoch: int, now: datetime
) -> Grant:
    """Give the job to the cluster if it still carries `epoch`; the grant carries `epoch + 1`.

    The same session may ask again when it lost the answer. Raises: NotFound, JobTaken.
    """
    job = lock_job(job_id)
    if job is None or job.cluster_id != cluster_id:
        raise NotFound
    if _was_granted(job, session_epoch, epoch):
        return Grant(job=job.id, epoch=job.epoch, lease_seconds=LEASE_SECONDS)
    if propose(job, Proposal(JobState.HELD, Proposer.CLUSTER, epoch), now).to is None:
        raise JobTaken
    _start_lease(job, session_epoch, now)
    return Grant(job=job.id, epoch=job.epoch, lease_seconds=LEASE_SECONDS)


def _was_granted(job: Job, session_epoch: int, epoch: int) -> bool:
    return (
        job.job_state is JobState.HELD
        and job.epoch == epoch + 1
        and job.held_session == session_epoch
    )


def _start_lease(job: Job, session_epoch: int, now: datetime) -> None:
    job.held_session = session_epoch
    job.lease_expires_at = now + timedelta(seconds=LEASE_SECONDS)
    job.save(update_fields=["held_session", "lease_expires_at"])
    Attempt.objects.create(
        organization_id=job.organization_id,
        job=job,
        epoch=job.epoch,
        session_epoch=session_epoch,
        claimed_at=now,
    )


def renew_leases(*, cluster_id: UUID, held: Sequence[HeldJob], now: datetime) -> RenewAnswer:
    """Extend what the cluster rightly holds; say what it has lost and what is to be cancelled."""
    rows = Job.objects.filter(cluster=cluster_id, id__in=[h.job for h in held]).order_by("id")
    jobs = {job.id: job for job in rows.select_for_update(of=("self",), no_key=True)}
    kept = [jobs[h.job] for h in held if h.job in jobs and _holds(jobs[h.job], h)]
    for job in kept:
        job.lease_expires_at, job.silent = now + timedelta(seconds=LEASE_SECONDS), False
    Job.objects.bulk_update(kept, ["lease_expires_at", "silent"])
    kept_ids = {job.id for job in kept}
    return RenewAnswer(
        lost=[h.job for h in held if h.job not in kept_ids],
        cancel=[job.id for job in kept if job.cancel_requested_at is not None],
    )


def _holds(job: Job, held: HeldJob) -> bool:
    return job.epoch == held.job_epoch and job.job_state in LEASED


def sweep_job(*, job_id: UUID, now: datetime) -> None:
    """Let time pass for one job: a lapsed offer, a lost strict lease, a silent sticky one."""
    job = lock_job(job_id)
    if job is None:
        return
    if _offer_lapsed(job, now):
        propose(job, Proposal(JobState.QUEUED, Proposer.CLOCK, job.epoch), now)
    elif _lease_lapsed(job, now):
        _end_lease(job, now)


def _offer_lapsed(job: Job, now: datetime) -> bool:
    if job.job_state is not JobState.OFFERED or job.offered_at is None:
        return False
    return job.offered_at <= now - timedelta(seconds=OFFER_SECONDS)


def _lease_lapsed(job: Job, now: datetime) -> bool:
    if job.job_state not in LEASED or job.lease_expires_at is None:
        return False
    return job.lease_expires_at <= now - timedelta(seconds=GRACE_SECONDS)


def _end_lease(job: Job, now: datetime) -> None:
    ruling = propose(job, Proposal(JobState.LOST, Proposer.CLOCK, job.epoch), now)
    if ruling.to is JobState.LOST:
        propose(job, Proposal(JobState.QUEUED, Proposer.CLOCK, job.epoch), now)
    elif ruling.to is None and job.is_sticky:
        job.silent = True
        job.save(update_fields=["silent"])
