"""Find ids before an organization is known, through the functions of `sql/lookups.sql`.

Nothing but ids comes back; whoever needs the row opens `tenant(...)` and reads it there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


def organization_by_slug(slug: str) -> UUID | None:
    """Return the id of the organization with this slug."""
    rows = call_lookup("annex_organization_by_slug", slug)
    return rows[0][0] if rows else None


def organizations_of_user(user_id: UUID) -> list[UUID]:
    """Return the ids of the organizations a user is a member of, longest membership first."""
    return [row[0] for row in call_lookup("annex_organizations_of_user", user_id)]


def api_token_by_digest(digest: str) -> tuple[UUID, UUID] | None:
    """Return (organization, token) for the hexadecimal SHA-256 of a token's secret."""
    rows = call_lookup("annex_api_token_by_digest", digest)
    return (rows[0][0], rows[0][1]) if rows else None


def invitation_by_digest(digest: str) -> tuple[UUID, UUID] | None:
    """Return (organization, invitation) for the hexadecimal SHA-256 of an invitation's token."""
    rows = call_lookup("annex_invitation_by_digest", digest)
    return (rows[0][0], rows[0][1]) if rows else None


def device_approval_by_login(login_id: UUID) -> tuple[UUID, UUID] | None:
    """Return (organization, approval) of a laptop's login that a person has approved."""
    rows = call_lookup("annex_device_approval_by_login", login_id)
    return (rows[0][0], rows[0][1]) if rows else None


def cluster_by_key(key_id: str) -> tuple[UUID, UUID] | None:
    """Return (organization, key row) for the thumbprint of a cluster's public key."""
    rows = call_lookup("annex_cluster_by_key", key_id)
    return (rows[0][0], rows[0][1]) if rows else None


def join_token_by_digest(digest: str) -> tuple[UUID, UUID] | None:
    """Return (organization, join token) for the hexadecimal SHA-256 of a join token."""
    rows = call_lookup("annex_join_token_by_digest", digest)
    return (rows[0][0], rows[0][1]) if rows else None


def jobs_to_sweep(offered_before: datetime, expired_before: datetime) -> list[tuple[UUID, UUID]]:
    """Return (organization, job) of offers nobody took and of leases nobody renewed."""
    rows = call_lookup("annex_jobs_to_sweep", offered_before, expired_before)
    return [(row[0], row[1]) for row in rows]


def call_lookup(function: str, *arguments: Any) -> list[tuple[Any, ...]]:
    """Call one function of lookups.sql; `function` is a constant of ours, never input."""
    places = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({places})", list(arguments))  # noqa: S608
        return list(cursor.fetchall())
