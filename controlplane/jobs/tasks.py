"""Celery tasks of jobs."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from controlplane.clusters.wakeups import wake
from controlplane.jobs.leases import GRACE_SECONDS, OFFER_SECONDS, sweep_job
from controlplane.jobs.models import Job
from controlplane.lib.lookups import jobs_to_sweep
from controlplane.lib.tenancy import tenant


@shared_task
def sweep_jobs_task() -> None:
    """Let time pass for offers nobody took and leases nobody renewed."""
    now = timezone.now()
    due = jobs_to_sweep(
        now - timedelta(seconds=OFFER_SECONDS), now - timedelta(seconds=GRACE_SECONDS)
    )
    for organization_id, job_id in due:
        with tenant(organization_id):
            sweep_job(job_id=job_id, now=now)
            wake(Job.objects.values_list("cluster_id", flat=True).get(id=job_id))
