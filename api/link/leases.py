"""`POST leases/renew`: keep what is held; learn what is lost or to be cancelled."""

from __future__ import annotations

from annex.contract.inbound import RenewAnswer
from annex.contract.outbound import RenewRequest
from django.http import HttpRequest
from django.utils import timezone

from api.link.edge import link_view, read
from controlplane.jobs.leases import renew_leases
from controlplane.lib.tenancy import tenant


@link_view("POST")
def renew_view(request: HttpRequest) -> RenewAnswer:
    """Renew all leases of the cluster in one request."""
    caller, body = read(request, RenewRequest)
    with tenant(caller.organization):
        return renew_leases(cluster_id=caller.cluster, held=body.held, now=timezone.now())
