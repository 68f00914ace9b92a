"""What clusters say about themselves."""

from __future__ import annotations

from annex.contract.outbound import ClusterHealth, CommandAnswered, LoginAudited
from django.utils import timezone

from controlplane.audit.actions import record_for_cluster
from controlplane.clusters.events import on_event
from controlplane.clusters.models import Cluster, Command
from controlplane.lib.errors import NotFound

HEALTH_FIELDS = ["free_slots", "running_jobs", "outbox_events", "ledger_rows"]


@on_event(ClusterHealth)
def apply_health(cluster: Cluster, event: ClusterHealth) -> None:
    """Keep the newest health."""
    values = {name: getattr(event, name) for name in HEALTH_FIELDS}
    Cluster.objects.filter(id=cluster.id).update(**values)


@on_event(LoginAudited)
def apply_login(cluster: Cluster, event: LoginAudited) -> None:
    """Put logins on the cluster into the organization's audit log."""
    record_for_cluster(
        organization_id=cluster.organization_id,
        cluster_id=cluster.id,
        verb=f"login.{event.outcome.value}",
        noun="subject",
        noun_id=event.subject,
    )


@on_event(CommandAnswered)
def apply_answer(cluster: Cluster, event: CommandAnswered) -> None:
    """Note how the cluster answered a command of ours."""
    changed = Command.objects.filter(id=event.command, cluster=cluster).update(
        outcome=event.outcome.value, answered_at=timezone.now()
    )
    if not changed:
        raise NotFound
