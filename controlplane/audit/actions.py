"""Write the audit log."""

from __future__ import annotations

from uuid import UUID

from controlplane.accounts.actors import Actor
from controlplane.audit.models import AuditRow


def record(*, actor: Actor, verb: str, noun: str, noun_id: UUID | None = None) -> None:
    """Add one row for an act of a person or a token, in the caller's transaction."""
    AuditRow.objects.create(
        organization=actor.organization,
        user=actor.user,
        token_id=actor.token.id if actor.token else None,
        verb=verb,
        noun=noun,
        noun_id=noun_id,
    )


def record_for_cluster(
    *, organization_id: UUID, cluster_id: UUID, verb: str, noun: str, noun_id: UUID | None = None
) -> None:
    """Add one row for something a cluster did, such as sending an id that is not its own."""
    AuditRow.objects.create(
        organization_id=organization_id,
        cluster_id=cluster_id,
        verb=verb,
        noun=noun,
        noun_id=noun_id,
    )
