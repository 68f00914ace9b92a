"""The egress manifest: everything a worker can put on the wire, as one file that a review shows."""

from __future__ import annotations

from typing import Any

from annex.contract.outbound import (
    EVENTS,
    REQUESTS,
    ClaimRequest,
    EnrolRequest,
    EventBatch,
    PollRequest,
    RenewRequest,
    SessionRequest,
)
from annex.contract.requests import HEADER_NAMES

PROTOCOL = "2026-11-21"
PROTOCOLS = (PROTOCOL,)
"""The dated protocols this build speaks, newest first; the two before the newest stay."""

ROUTES: dict[str, type | None] = {
    "POST /link/v1/enrol": EnrolRequest,
    "POST /link/v1/session": SessionRequest,
    "POST /link/v1/poll": PollRequest,
    "POST /link/v1/jobs/{uuid}/claim": ClaimRequest,
    "POST /link/v1/leases/renew": RenewRequest,
    "POST /link/v1/events": EventBatch,
    "GET /link/v1/keyset": None,
}
FIXED_HEADERS = {
    "accept": "application/json",
    "content-type": "application/json",
    "user-agent": "annex-link",
}


def egress_manifest() -> dict[str, Any]:
    """Return routes, headers and the JSON schema of every outbound message."""
    return {
        "protocol": PROTOCOL,
        "routes": {route: model.__name__ if model else None for route, model in ROUTES.items()},
        "headers": {"fixed": FIXED_HEADERS, "signed": list(HEADER_NAMES)},
        "messages": {
            model.__name__: model.model_json_schema(mode="serialization")
            for model in EVENTS + REQUESTS
        },
    }
