"""What the control plane may ask of this room."""

from __future__ import annotations

from uuid import UUID

from annex.contract.inbound import JobCancel, JobOffer

from worker.jobs.actions import accept_job, give_up, request_cancel
from worker.link.commands import handles, on_lease_lost


@handles(JobOffer)
def handle_offer(command_id: UUID, body: JobOffer) -> None:
    """Write the attempt of an offer that the link has claimed; its epoch is the granted one."""
    accept_job(body, body.epoch)


@handles(JobCancel)
def handle_cancel(command_id: UUID, body: JobCancel) -> None:
    """Ask the job to stop; its process is gone within two seconds."""
    request_cancel(body.job)


on_lease_lost(give_up)
