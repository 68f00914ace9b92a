"""`POST enrol`: the one request that no known key signs."""

from __future__ import annotations

from annex.contract.inbound import EnrolAnswer
from annex.contract.outbound import EnrolRequest
from django.http import HttpRequest

from api.link.edge import link_view, signed_request
from controlplane.clusters.enrolment import enrol


@link_view("POST")
def enrol_view(request: HttpRequest) -> EnrolAnswer:
    """Enrol a cluster's key with a join token."""
    return enrol(EnrolRequest.model_validate_json(signed_request(request).body))
