"""The only way from an outside id to a project or a part of one; missing equals forbidden."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from django.db.models import QuerySet

from controlplane.accounts.actors import Actor, require_role
from controlplane.lib.errors import NotFound
from controlplane.lib.querysets import get_or_not_found
from controlplane.projects.models import (
    Asset,
    Dataset,
    LabelChange,
    Project,
    ProjectMember,
    Secret,
    Task,
)


def access_project(actor: Actor, project_id: UUID, *, role: Role = Role.ANNOTATOR) -> Project:
    """Return a project that the actor may see.

    Args: role: what the caller is about to do needs it.
    Raises: NotFound when there is none for this actor; Forbidden when the role is too weak.
    """
    rows: QuerySet[Project] = Project.objects.select_related("cluster").visible_to(actor)
    project = get_or_not_found(rows, project_id)
    require_role(actor, role)
    return project


def access_dataset(project: Project, dataset_id: UUID) -> Dataset:
    """Return a dataset of a project that has already been accessed."""
    return get_or_not_found(project.datasets.all(), dataset_id)


def access_asset(project: Project, asset_id: UUID) -> Asset:
    """Return an asset of a project that has already been accessed."""
    return get_or_not_found(project.assets.all(), asset_id)


def access_secret(project: Project, secret_id: UUID) -> Secret:
    """Return a secret of a project that has already been accessed."""
    return get_or_not_found(project.secrets.all(), secret_id)


def access_task(project: Project, task_id: UUID) -> Task:
    """Return a task, with its people, of a project that has already been accessed."""
    rows: QuerySet[Task] = Task.objects.filter(project=project).with_people()
    return get_or_not_found(rows, task_id)


def access_label_change(project: Project, change_id: UUID) -> LabelChange:
    """Return a label change of a project that has already been accessed."""
    rows = project.label_changes.select_related("project__cluster", "created_by")
    return get_or_not_found(rows, change_id)


def access_project_member(project: Project, member_id: UUID) -> ProjectMember:
    """Return who was added to the project, by the id of the membership."""
    row = project.project_members.filter(membership=member_id).select_related("membership__user")
    found = row.first()
    if found is None:
        raise NotFound
    return found
