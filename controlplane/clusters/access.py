"""The only way from an outside id to a cluster."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role

from controlplane.accounts.actors import Actor
from controlplane.clusters.models import Cluster, ClusterState
from controlplane.lib.errors import NotFound
from controlplane.lib.querysets import get_or_not_found


def access_cluster(actor: Actor, cluster_id: UUID | str) -> Cluster:
    """Return a cluster for developers and up. Raises: NotFound, also for one that was removed."""
    if not actor.is_at_least(Role.DEVELOPER):
        raise NotFound
    return get_or_not_found(Cluster.objects.exclude(state=ClusterState.REVOKED), cluster_id)
