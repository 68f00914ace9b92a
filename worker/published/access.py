"""Who may publish, and who may see what was published and how it fails."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from rest_framework.request import Request

from common.errors import NotFound
from worker.people.access import is_administrator, projects_for, require
from worker.people.authentication import Caller, caller_of
from worker.people.roles import reaches
from worker.projects.models import Task


def require_publisher(request: Request) -> Caller:
    """Return the login of somebody who develops any project of this cluster, or administers it.

    What is installed belongs to the cluster and not to one project. Raises: NotFound.
    """
    caller = caller_of(request)
    if may_approve(caller):
        return caller
    if not any(reaches(role, Role.DEVELOPER) for _, role in projects_for(caller)):
        raise NotFound
    return caller


def may_approve(caller: Caller) -> bool:
    """Say whether somebody administers the cluster, which no script does in their name."""
    return not caller.by_script and is_administrator(caller.subject)


def access_published_task(request: Request, task_id: UUID) -> Task:
    """Return a task of a project that the person develops, which runs a published recipe.

    Raises: NotFound.
    """
    task = Task.objects.filter(id=task_id).first()
    if task is None:
        raise NotFound
    require(request, project_id=task.project_id, at_least=Role.DEVELOPER)
    if not task.is_published:
        raise NotFound
    return task
