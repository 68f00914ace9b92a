"""Who speaks: signed requests, sessions and the replay window."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from annex.contract.inbound import SessionAnswer
from annex.contract.keys import BadSignature
from annex.contract.manifest import PROTOCOLS
from annex.contract.outbound import SessionRequest
from annex.contract.requests import (
    MAX_SKEW_SECONDS,
    ReplayWindow,
    RequestStamp,
    check_request,
    read_stamp,
)
from django.conf import settings
from django.utils import timezone

from controlplane.clusters.errors import (
    ClockSkewed,
    ClusterRevoked,
    ClusterUnconfirmed,
    ProtocolUnsupported,
    RequestReplayed,
    SessionSuperseded,
    SignatureInvalid,
)
from controlplane.clusters.models import Cluster, ClusterKey, ClusterState, Session
from controlplane.clusters.wakeups import wake
from controlplane.lib.lookups import cluster_by_key
from controlplane.lib.tenancy import tenant

POLL_SECONDS: Final = 25
RENEW_SECONDS: Final = 30
LEASE_SECONDS: Final = 120
SEEN_EVERY: Final = timedelta(seconds=10)


@dataclass(frozen=True)
class SignedRequest:
    """A request as it came: `target` is path and query, header names are lower case."""

    method: str
    target: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Caller:
    """A cluster whose signature was checked. Ids only, so that it outlives the transaction."""

    organization: UUID
    cluster: UUID
    key: UUID
    stamp: RequestStamp


def authenticate(request: SignedRequest) -> Caller:
    """Return who sent a request within a session, in a transaction of its own.

    Effects: the request's number is used up; `last_seen_at` moves at most every ten seconds.
    Raises:  SignatureInvalid, ClockSkewed, ClusterRevoked, SessionSuperseded, RequestReplayed.
    """
    organization_id, key_id = _find_key(request)
    with tenant(organization_id):
        caller = _check_key(request, organization_id, key_id)
        _use_number(caller)
        _see(caller.cluster)
    return caller


def authenticate_opening(request: SignedRequest) -> Caller:
    """Return who asks to open a session; its numbers only grow, across all sessions.

    Raises: as `authenticate`, and ClusterUnconfirmed while nobody has confirmed the fingerprint.
    """
    organization_id, key_id = _find_key(request)
    with tenant(organization_id):
        caller = _check_key(request, organization_id, key_id)
        cluster = Cluster.objects.select_for_update(no_key=True).get(id=caller.cluster)
        if cluster.state == ClusterState.UNCONFIRMED:
            raise ClusterUnconfirmed
        if caller.stamp.number <= cluster.openings:
            raise RequestReplayed(expected=cluster.openings + 1)
        cluster.openings = caller.stamp.number
        cluster.save(update_fields=["openings"])
    return caller


def open_session(caller: Caller, request: SessionRequest) -> SessionAnswer:
    """Close the cluster's older session and open the next one.

    Effects: a waiting poll of the older link is woken, and told.
    Raises:  ProtocolUnsupported (426).
    """
    protocol = next((p for p in PROTOCOLS if p in request.protocols), None)
    if protocol is None:
        raise ProtocolUnsupported
    with tenant(caller.organization):
        cluster = Cluster.objects.select_for_update(no_key=True).get(id=caller.cluster)
        cluster.sessions.filter(closed_at=None).update(closed_at=timezone.now())
        cluster.session_epoch += 1
        Session.objects.create(
            organization_id=caller.organization,
            cluster=cluster,
            key_id=caller.key,
            epoch=cluster.session_epoch,
        )
        cluster.worker_version = request.worker_version
        cluster.recipes = [recipe.value for recipe in request.recipes]
        cluster.last_seen_at = timezone.now()
        cluster.save(update_fields=["session_epoch", "worker_version", "recipes", "last_seen_at"])
        wake(cluster.id)
        return _session_answer(cluster, protocol)


def _session_answer(cluster: Cluster, protocol: str) -> SessionAnswer:
    return SessionAnswer(
        session_epoch=cluster.session_epoch,
        protocol=protocol,
        next_event=cluster.next_event,
        poll_url=f"{settings.POLL_ORIGIN}/link/v1/poll",
        console_origin=settings.CONSOLE_ORIGIN,
        poll_seconds=POLL_SECONDS,
        renew_seconds=RENEW_SECONDS,
        lease_seconds=LEASE_SECONDS,
        server_time=int(time.time()),
    )


def is_current(caller: Caller) -> bool:
    """Say whether the caller's session is still the open one; inside `tenant(...)`."""
    return Session.objects.filter(
        cluster=caller.cluster, epoch=caller.stamp.session, closed_at=None
    ).exists()


def _find_key(request: SignedRequest) -> tuple[UUID, UUID]:
    try:
        stamp = read_stamp(request.headers)
    except BadSignature:
        raise SignatureInvalid from None
    found = cluster_by_key(stamp.key_id)
    if found is None:
        raise SignatureInvalid
    return found


def _check_key(request: SignedRequest, organization_id: UUID, key_id: UUID) -> Caller:
    key = ClusterKey.objects.get(id=key_id)
    try:
        stamp = check_request(
            key.public_key, request.method, request.target, request.body, request.headers
        )
    except BadSignature:
        raise SignatureInvalid from None
    now = int(time.time())
    if abs(now - stamp.created) > MAX_SKEW_SECONDS:
        raise ClockSkewed(server_time=now)
    if key.revoked_at is not None:
        raise ClusterRevoked
    return Caller(organization_id, key.cluster_id, key.id, stamp)


def _use_number(caller: Caller) -> None:
    session = (
        Session.objects.select_for_update(no_key=True)
        .filter(cluster=caller.cluster, key=caller.key, epoch=caller.stamp.session)
        .first()
    )
    if session is None or session.closed_at is not None:
        raise SessionSuperseded
    window = ReplayWindow(session.highest, session.bits).admit(caller.stamp.number)
    if window is None:
        raise RequestReplayed(expected=session.highest + 1)
    session.highest, session.bits = window.highest, window.bits
    session.save(update_fields=["highest", "bits"])


def _see(cluster_id: UUID) -> None:
    now = timezone.now()
    Cluster.objects.filter(id=cluster_id, last_seen_at__lt=now - SEEN_EVERY).update(
        last_seen_at=now
    )
