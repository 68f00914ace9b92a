"""The only way from an outside id to a job."""

from __future__ import annotations

from uuid import UUID

from controlplane.accounts.actors import Actor
from controlplane.jobs.models import Job
from controlplane.lib.querysets import get_or_not_found
from controlplane.projects.access import access_project


def access_job(actor: Actor, job_id: UUID | str) -> Job:
    """Return a job of a project the actor may see. Raises: NotFound."""
    job = get_or_not_found(Job.objects.select_related("project", "created_by"), job_id)
    access_project(actor, job.project_id)
    return job
