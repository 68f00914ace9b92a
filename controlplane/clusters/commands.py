"""Commands out: numbered when sent, signed when delivered."""

from __future__ import annotations

import time
import uuid
from typing import Final
from uuid import UUID

from annex.contract.inbound import (
    ChangeLabels,
    ConfigSnapshot,
    JobCancel,
    JobOffer,
    SessionRevoke,
)
from annex.contract.inbound import Command as SignedCommand
from annex.contract.signing import sign_command
from django.db.models import F, Max
from django.utils import timezone

from controlplane.clusters.keys import command_key
from controlplane.clusters.models import Cluster, Command
from controlplane.clusters.wakeups import wake

CommandBody = JobOffer | JobCancel | ConfigSnapshot | SessionRevoke | ChangeLabels
VALID_SECONDS: Final = 600
"""A delivered command may be stored for this long; it is signed anew with each delivery."""
MAX_COMMANDS: Final = 50
NEED_THEIR_SNAPSHOT: Final = ("job.offer", "labels.change")
"""Commands that name what only the snapshot before them brings."""


def send_command(*, cluster: Cluster, body: CommandBody) -> Command:
    """Queue a command for a cluster, in the caller's transaction, and wake its poll on commit.

    Of a project's undelivered snapshots the newest is kept, and the one before a job or a change.
    Effects: the cluster's row is locked until commit, so that numbers commit in order.
    """
    number = _next_number(cluster.id)
    key = f"snapshot:{body.project}" if isinstance(body, ConfigSnapshot) else ""
    if key:
        _drop_outdated(cluster, key)
    command = Command.objects.create(
        id=uuid.uuid4(),
        organization_id=cluster.organization_id,
        cluster=cluster,
        seq=number,
        type=body.type,
        key=key,
        body=body.model_dump(mode="json"),
    )
    wake(cluster.id)
    return command


def _drop_outdated(cluster: Cluster, key: str) -> None:
    """Drop undelivered snapshots that no undelivered offer or label change follows.

    A job may need the dataset or the model that the snapshot before its offer names, and the
    cluster works through commands in order: were it dropped, the job would start too early.
    """
    waiting = cluster.commands.filter(delivered_at=None)
    followed = waiting.filter(type__in=NEED_THEIR_SNAPSHOT).aggregate(last=Max("seq"))["last"] or 0
    waiting.filter(key=key, seq__gt=followed).delete()


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
