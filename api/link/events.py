"""`POST events`: the outbox of a cluster, in order."""

from __future__ import annotations

from annex.contract.canonical import sha256_hex
from annex.contract.inbound import Receipt
from annex.contract.outbound import EventBatch
from annex.contract.requests import RequestStamp
from annex.contract.signing import ledger_head, ledger_meta
from django.http import HttpRequest

from api.link.edge import link_view, read
from controlplane.clusters.events import receive_events


@link_view("POST")
def events_view(request: HttpRequest) -> Receipt:
    """Accept events and sign for the ledger's head."""
    caller, batch = read(request, EventBatch)
    return receive_events(
        organization_id=caller.organization,
        cluster_id=caller.cluster,
        batch=batch,
        head=head_after(request, caller.stamp, batch),
    )


def head_after(request: HttpRequest, stamp: RequestStamp, batch: EventBatch) -> str:
    """Compute, from the request alone, the ledger head the cluster must have now."""
    meta = ledger_meta(
        at=stamp.created,
        method="POST",
        path=request.path,
        session=stamp.session,
        number=stamp.number,
        events=len(batch.events),
    )
    return ledger_head(batch.prev_hash, meta, sha256_hex(request.body))
