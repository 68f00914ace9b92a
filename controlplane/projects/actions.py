"""Write projects, their assets and their datasets."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import AssetKind, DatasetRole, Role
from django.db import IntegrityError, transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.audit.actions import record
from controlplane.clusters.models import Cluster, ClusterState
from controlplane.jobs.models import OPEN_STATES
from controlplane.lib.errors import NameTaken
from controlplane.projects.errors import ClusterUnusable, ProjectBusy
from controlplane.projects.models import Asset, Dataset, Project
from controlplane.projects.snapshots import send_last_snapshot, send_project_snapshot


@transaction.atomic
def create_project(
    *, actor: Actor, title: str, cluster: Cluster, target_f: float | None = None
) -> Project:
    """Make a project on a cluster. Args: target_f: 0 to 100, the score people aim at."""
    require_role(actor, Role.DEVELOPER)
    if cluster.state == ClusterState.REVOKED:
        raise ClusterUnusable(field="cluster")
    project = Project.objects.create(
        organization=actor.organization,
        title=title,
        cluster=cluster,
        target_f=target_f,
        created_by=actor.user,
    )
    record(actor=actor, verb="project.created", noun="project", noun_id=project.id)
    send_project_snapshot(project.id)
    return project


@transaction.atomic
def change_project(*, actor: Actor, project: Project, changes: dict[str, Any]) -> Project:
    """Change the title or the target. Args: changes: among `title`, `target_f`."""
    require_role(actor, Role.DEVELOPER)
    for field, value in changes.items():
        setattr(project, field, value)
    project.save(update_fields=list(changes))
    record(actor=actor, verb="project.changed", noun="project", noun_id=project.id)
    send_project_snapshot(project.id)
    return project


@transaction.atomic
def delete_project(*, actor: Actor, project: Project) -> None:
    """Forget a project here. What lies on its cluster stays until someone deletes it there.

    Effects: a last snapshot, which ends everyone's access there.
    """
    require_role(actor, Role.ADMIN)
    if project.jobs.filter(state__in=OPEN_STATES).exists():
        raise ProjectBusy
    project_id = project.id
    send_last_snapshot(project_id)
    project.tasks.all().delete()
    project.delete()
    record(actor=actor, verb="project.deleted", noun="project", noun_id=project_id)


@transaction.atomic
def create_asset(*, actor: Actor, project: Project, name: str, kind: AssetKind) -> Asset:
    """Name an asset; its bytes are given on the cluster's own page. Raises: NameTaken."""
    require_role(actor, Role.DEVELOPER)
    try:
        with transaction.atomic():
            asset = Asset.objects.create(
                organization=actor.organization,
                project=project,
                name=name,
                kind=kind.value,
                created_by=actor.user,
            )
    except IntegrityError:
        raise NameTaken("An asset with this name exists.", field="name") from None
    record(actor=actor, verb="asset.created", noun="asset", noun_id=asset.id)
    send_project_snapshot(project.id)
    return asset


@transaction.atomic
def create_dataset(*, actor: Actor, project: Project, name: str, role: DatasetRole) -> Dataset:
    """Name an empty dataset. Raises: NameTaken (customer)."""
    require_role(actor, Role.DEVELOPER)
    try:
        with transaction.atomic():
            dataset = Dataset.objects.create(
                organization=actor.organization, project=project, name=name, role=role.value
            )
    except IntegrityError:
        raise NameTaken("A dataset with this name exists.", field="name") from None
    record(actor=actor, verb="dataset.created", noun="dataset", noun_id=dataset.id)
    send_project_snapshot(project.id)
    return dataset
