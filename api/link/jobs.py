"""`POST jobs/{id}/claim`: take an offered job."""

from __future__ import annotations

from uuid import UUID

from annex.contract.inbound import Grant
from annex.contract.outbound import ClaimRequest
from django.http import HttpRequest
from django.utils import timezone

from api.link.edge import link_view, read
from controlplane.jobs.leases import claim_job
from controlplane.lib.tenancy import tenant


@link_view("POST")
def claim_view(request: HttpRequest, job: UUID) -> Grant:
    """Claim by compare-and-swap of the epoch."""
    caller, body = read(request, ClaimRequest)
    with tenant(caller.organization):
        return claim_job(
            cluster_id=caller.cluster,
            session_epoch=caller.stamp.session,
            job_id=job,
            epoch=body.epoch,
            now=timezone.now(),
        )
