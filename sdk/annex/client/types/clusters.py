"""Clusters and how they are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from annex.client.types.base import Answer


class Health(Answer):
    """The last health report of a cluster."""

    free_slots: int
    running_jobs: int
    outbox_events: int
    ledger_rows: int


class Cluster(Answer):
    """A cluster."""

    id: UUID
    name: str
    slug: str
    origin: str
    state: str
    fingerprint: str | None
    worker_version: str | None
    last_seen_at: datetime | None
    health: Health | None


class JoinToken(Answer):
    """A one-time secret, and the line to paste on the cluster."""

    join_token: str
    expires_at: datetime
    command: str
