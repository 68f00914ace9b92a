"""What a cluster's reports do to jobs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from annex.contract.enums import CommandOutcome, FailureCode, JobState, Stage
from annex.contract.outbound import (
    CommandAnswered,
    ExportWritten,
    JobFailed,
    JobProgressed,
    JobStateChanged,
    ModelPackaged,
)
from django.utils import timezone

from controlplane.clusters.events import on_event
from controlplane.clusters.models import Cluster, Command
from controlplane.jobs.errors import StaleEpoch
from controlplane.jobs.models import Job
from controlplane.jobs.rules import LEASED, Proposal, Proposer
from controlplane.jobs.transitions import lock_job, propose
from controlplane.lib.errors import NotFound

REPORTED = frozenset({JobState.RUNNING, JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED})
"""The states a cluster may propose by an event; claims and losses have doors of their own."""


@on_event(JobStateChanged)
def apply_state(cluster: Cluster, event: JobStateChanged) -> None:
    """Let the rules decide on the state the cluster reports."""
    job = _job_of(cluster, event.job)
    proposal = Proposal(event.state, Proposer.CLUSTER, event.job_epoch)
    same = job.job_state is event.state and job.epoch == event.job_epoch
    if event.state not in REPORTED or (
        propose(job, proposal, timezone.now()).to is None and not same
    ):
        raise StaleEpoch
    _heard(job)


@on_event(JobProgressed)
def apply_progress(cluster: Cluster, event: JobProgressed) -> None:
    """Keep how far the current attempt is."""
    job = _current(cluster, event.job, event.job_epoch)
    _save(job, stage=event.stage.value, done=event.done, total=event.total)
    _heard(job)


@on_event(JobFailed)
def apply_failure(cluster: Cluster, event: JobFailed) -> None:
    """Keep why the current attempt is about to be reported as failed."""
    job = _current(cluster, event.job, event.job_epoch)
    _save(
        job,
        failure_code=event.code.value,
        failure_stage=event.stage.value,
        failure_ref=event.ref,
        failure_affected=event.affected,
    )


@on_event(ExportWritten)
def apply_export(cluster: Cluster, event: ExportWritten) -> None:
    """Keep what can be downloaded on the cluster."""
    job = _current(cluster, event.job, event.job_epoch)
    keep = {"examples", "size_bytes", "not_expressible"}
    _save(job, outputs=job.outputs | {"export": event.model_dump(mode="json", include=keep)})


@on_event(ModelPackaged)
def apply_package(cluster: Cluster, event: ModelPackaged) -> None:
    """Keep which model's wheel can be downloaded on the cluster."""
    job = _current(cluster, event.job, event.job_epoch)
    keep = {"model", "size_bytes"}
    _save(job, outputs=job.outputs | {"package": event.model_dump(mode="json", include=keep)})


@on_event(CommandAnswered)
def apply_refusal(cluster: Cluster, event: CommandAnswered) -> None:
    """End a job whose offer the cluster will not carry out."""
    if event.outcome is CommandOutcome.APPLIED:
        return
    command = Command.objects.filter(id=event.command, cluster=cluster, type="job.offer").first()
    if command is None:
        return
    job = _job_of(cluster, UUID(command.body["job"]))
    proposal = Proposal(JobState.FAILED, Proposer.CLUSTER, int(command.body["epoch"]))
    if propose(job, proposal, timezone.now()).to is not None:
        _save(
            job,
            failure_code=FailureCode.REFUSED_OPERATION.value,
            failure_stage=Stage.STARTING.value,
            failure_ref=event.ref,
        )


def _job_of(cluster: Cluster, job_id: UUID) -> Job:
    job = lock_job(job_id)
    if job is None or job.cluster_id != cluster.id:
        raise NotFound
    return job


def _current(cluster: Cluster, job_id: UUID, epoch: int) -> Job:
    """Return the job if this epoch is its present attempt. Raises: NotFound, StaleEpoch."""
    job = _job_of(cluster, job_id)
    if job.epoch != epoch or job.job_state.is_terminal:
        raise StaleEpoch
    return job


def _heard(job: Job) -> None:
    if job.silent and job.job_state in LEASED:
        _save(job, silent=False)


def _save(job: Job, **values: Any) -> None:
    for name, value in values.items():
        setattr(job, name, value)
    job.save(update_fields=list(values))
