"""What people do with clusters. Writes need an admin."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from annex.contract.enums import Role
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.models import Organization
from controlplane.audit.actions import record
from controlplane.clusters.errors import FingerprintMismatch
from controlplane.clusters.models import Cluster, ClusterKey, ClusterState, JoinToken
from controlplane.clusters.wakeups import wake
from controlplane.lib.errors import Conflict, NameTaken
from controlplane.lib.secrets import digest_secret, mint_secret

JOIN_TOKEN_LIFETIME: Final = timedelta(minutes=60)


@transaction.atomic
def create_cluster(*, organization: Organization, actor: Actor, name: str, origin: str) -> Cluster:
    """Announce a cluster; it is `pending` until it enrols.

    Args:   origin: `scheme://host[:port]` where annotators will open the worker.
    Raises: NameTaken (customer).
    """
    require_role(actor, Role.ADMIN)
    slug = slugify(name)[:48] or "cluster"
    if Cluster.objects.filter(slug=slug).exists():
        raise NameTaken(field="name")
    cluster = Cluster.objects.create(organization=organization, name=name, slug=slug, origin=origin)
    record(actor=actor, verb="cluster.created", noun="cluster", noun_id=cluster.id)
    return cluster


@transaction.atomic
def update_cluster(
    *, organization: Organization, actor: Actor, cluster: Cluster, name: str, origin: str
) -> Cluster:
    """Change what people call the cluster, and where annotators open it."""
    require_role(actor, Role.ADMIN)
    cluster.name, cluster.origin = name, origin
    cluster.save(update_fields=["name", "origin"])
    record(actor=actor, verb="cluster.updated", noun="cluster", noun_id=cluster.id)
    return cluster


@transaction.atomic
def issue_join_token(
    *, organization: Organization, actor: Actor, cluster: Cluster
) -> tuple[str, JoinToken]:
    """Return the secret, to be shown once, and its row. Earlier unused tokens are burned."""
    require_role(actor, Role.ADMIN)
    now = timezone.now()
    cluster.join_tokens.filter(used_key="", burned_at=None).update(burned_at=now)
    secret = mint_secret("anj_")
    token = JoinToken.objects.create(
        organization=organization,
        cluster=cluster,
        digest=digest_secret(secret),
        made_by=actor.user,
        expires_at=now + JOIN_TOKEN_LIFETIME,
    )
    record(actor=actor, verb="cluster.join_token", noun="cluster", noun_id=cluster.id)
    return secret, token


@transaction.atomic
def confirm_fingerprint(
    *, organization: Organization, actor: Actor, cluster: Cluster, fingerprint: str
) -> Cluster:
    """Let the cluster speak: the person has seen the same fingerprint on the cluster's terminal.

    Repeating it changes nothing. An earlier key of the cluster is revoked.
    Raises: FingerprintMismatch (customer); Conflict while nothing has enrolled.
    """
    require_role(actor, Role.ADMIN)
    cluster = Cluster.objects.select_for_update(no_key=True).get(id=cluster.id)
    key = cluster.keys.filter(revoked_at=None).order_by("-created_at").first()
    if key is None:
        raise Conflict("No cluster has enrolled with the join token yet.")
    if not secrets.compare_digest(_plain(key.fingerprint), _plain(fingerprint)):
        raise FingerprintMismatch(field="fingerprint")
    if key.confirmed_at is None:
        _confirm(cluster, key, actor)
    return cluster


def _confirm(cluster: Cluster, key: ClusterKey, actor: Actor) -> None:
    now = timezone.now()
    cluster.keys.exclude(id=key.id).filter(revoked_at=None).update(revoked_at=now)
    key.confirmed_at, key.confirmed_by = now, actor.user
    key.save(update_fields=["confirmed_at", "confirmed_by"])
    cluster.state = ClusterState.ACTIVE
    cluster.save(update_fields=["state"])
    record(actor=actor, verb="cluster.confirmed", noun="cluster", noun_id=cluster.id)


@transaction.atomic
def revoke_cluster(*, organization: Organization, actor: Actor, cluster: Cluster) -> None:
    """Cut the line for good: keys are revoked, sessions end, tokens burn. No data is touched."""
    require_role(actor, Role.ADMIN)
    now = timezone.now()
    cluster.keys.filter(revoked_at=None).update(revoked_at=now)
    cluster.sessions.filter(closed_at=None).update(closed_at=now)
    cluster.join_tokens.filter(burned_at=None).update(burned_at=now)
    cluster.state, cluster.slug = ClusterState.REVOKED, f"x-{cluster.id.hex}"
    cluster.save(update_fields=["state", "slug"])
    record(actor=actor, verb="cluster.revoked", noun="cluster", noun_id=cluster.id)
    wake(cluster.id)


def _plain(fingerprint: str) -> bytes:
    """Forgive spaces, dashes and capitals: people copy by eye."""
    return "".join(c for c in fingerprint.lower() if c.isalnum()).encode()
