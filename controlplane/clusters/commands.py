"""Commands out: numbered when sent, signed when delivered."""

from __future__ import annotations

import time
import uuid
from typing import Final
from uuid import UUID

from annex.contract.inbound import Command as SignedCommand
from annex.contract.inbound import ConfigSnapshot, JobCancel, JobOffer, SessionRevoke
from annex.contract.signing import sign_command
from django.db.models import F
from django.utils import timezone

from controlplane.clusters.keys import command_key
from controlplane.clusters.models import Cluster, Command
from controlplane.clusters.wakeups import wake

CommandBody = JobOffer | JobCancel | ConfigSnapshot | SessionRevoke
VALID_SECONDS: Final = 600
"""A delivered command may be stored for this long; it is signed anew with each delivery."""
MAX_COMMANDS: Final = 50


def send_command(*, cluster: Cluster, body: CommandBody) -> Command:
    """Queue a command for a cluster, in the caller's transaction, and wake its poll on commit.

    Of a project's snapshots only the newest undelivered one is kept.
    Effects: the cluster's row is locked until commit, so that numbers commit in order.
    """
    key = f"snapshot:{body.project}" if isinstance(body, ConfigSnapshot) else ""
    if key:
        cluster.commands.filter(key=key, delivered_at=None).delete()
    command = Command.objects.create(
        id=uuid.uuid4(),
        organization_id=cluster.organization_id,
        cluster=cluster,
        seq=_next_number(cluster.id),
        type=body.type,
        key=key,
        body=body.model_dump(mode="json"),
    )
    wake(cluster.id)
    return command


def _next_number(cluster_id: UUID) -> int:
    Cluster.objects.filter(id=cluster_id).update(next_command=F("next_command") + 1)
    return Cluster.objects.values_list("next_command", flat=True).get(id=cluster_id) - 1


def commands_after(*, cluster_id: UUID, after: int) -> list[SignedCommand]:
    """Return the next signed commands; what the cluster has stored is marked as delivered.

    Args: after: number of the last command the cluster has stored.
    """
    Command.objects.filter(cluster=cluster_id, seq__lte=after, delivered_at=None).update(
        delivered_at=timezone.now()
    )
    rows = Command.objects.filter(cluster=cluster_id, seq__gt=after).order_by("seq")
    return [_signed(row) for row in rows[:MAX_COMMANDS]]


def _signed(row: Command) -> SignedCommand:
    now = int(time.time())
    return sign_command(
        command_key(),
        {
            "cluster": row.cluster_id,
            "seq": row.seq,
            "id": row.id,
            "iat": now,
            "exp": now + VALID_SECONDS,
            "body": row.body,
        },
    )
