"""`GET keyset`: the control plane's public keys."""

from __future__ import annotations

from annex.contract.inbound import KeySet
from django.http import HttpRequest

from api.link.edge import link_view, signed_request
from controlplane.clusters.keys import key_set
from controlplane.clusters.sessions import authenticate


@link_view("GET")
def keyset_view(request: HttpRequest) -> KeySet:
    """Answer the keys in force, signed by the root."""
    authenticate(signed_request(request))
    return key_set()
