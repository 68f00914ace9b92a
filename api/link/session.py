"""`POST session`: open the cluster's one active session."""

from __future__ import annotations

from annex.contract.inbound import SessionAnswer
from annex.contract.outbound import SessionRequest
from django.http import HttpRequest

from api.link.edge import link_view, signed_request
from controlplane.clusters.sessions import authenticate_opening, open_session


@link_view("POST")
def session_view(request: HttpRequest) -> SessionAnswer:
    """Open a session; an older one ends."""
    signed = signed_request(request)
    caller = authenticate_opening(signed)
    return open_session(caller, SessionRequest.model_validate_json(signed.body))
