"""Who may enter a project, and what clusters must hear when that changes."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from annex.contract.inbound import SessionRevoke
from django.db import transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.changes import on_membership_change
from controlplane.accounts.models import Membership, Organization, Subject, User
from controlplane.audit.actions import record
from controlplane.clusters.commands import send_command
from controlplane.clusters.models import Cluster, ClusterState
from controlplane.projects.models import Project, ProjectMember, TaskAnnotator
from controlplane.projects.snapshots import send_project_snapshot


@transaction.atomic
def add_project_member(*, actor: Actor, project: Project, member: Membership) -> ProjectMember:
    """Let a member into a project; doing it again changes nothing."""
    require_role(actor, Role.DEVELOPER)
    row, is_new = ProjectMember.objects.get_or_create(
        organization=actor.organization, project=project, membership=member
    )
    if is_new:
        record(actor=actor, verb="project.member_added", noun="project", noun_id=project.id)
        send_project_snapshot(project.id)
    return row


@transaction.atomic
def remove_project_member(*, actor: Actor, project: Project, row: ProjectMember) -> None:
    """Take a member out of a project and its tasks; their session on the cluster ends."""
    require_role(actor, Role.DEVELOPER)
    user = row.membership.user
    row.delete()
    unassign(user, project)
    record(actor=actor, verb="project.member_removed", noun="project", noun_id=project.id)
    send_project_snapshot(project.id)
    revoke_sessions(user, cluster_id=project.cluster_id)


def unassign(user: User, project: Project | None = None) -> None:
    """Take a person off the tasks of one project or of all; what they answered stays counted."""
    rows = TaskAnnotator.objects.filter(user=user, assigned=True)
    if project is not None:
        rows = rows.filter(task__project=project)
    rows.update(assigned=False)


def revoke_sessions(user: User, *, cluster_id: UUID | None = None) -> None:
    """Tell one cluster, or all that know the person, to end the person's sessions."""
    subjects = Subject.objects.filter(user=user)
    if cluster_id is not None:
        subjects = subjects.filter(cluster_id=cluster_id)
    by_cluster = dict(subjects.values_list("cluster_id", "id"))
    clusters = Cluster.objects.filter(pk__in=by_cluster).exclude(state=ClusterState.REVOKED)
    for cluster in clusters.order_by("id"):
        send_command(cluster=cluster, body=SessionRevoke(subject=by_cluster[cluster.id]))


@on_membership_change
def tell_clusters(organization: Organization, user: User, still_member: bool) -> None:
    """Send every project's new people; who has left, or lost a role, is signed out."""
    if not still_member:
        unassign(user)
    for project_id in Project.objects.order_by("id").values_list("id", flat=True):
        send_project_snapshot(project_id)
    revoke_sessions(user)
