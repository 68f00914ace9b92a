"""The only way from an outside id to a project: missing and forbidden look alike."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from rest_framework.request import Request

from common.errors import NotFound
from worker.people.authentication import Caller, caller_of, session_of
from worker.people.models import Session, Subject
from worker.people.roles import reaches, weaker
from worker.people.scripts.policy import lets_scripts_in
from worker.projects.models import Person, Project, Task, TaskAnnotator


def require(request: Request, *, project_id: UUID, at_least: Role) -> Caller:
    """Return the session, or the script token, when it has the role in the project.

    Raises: NotFound, also when the project exists and the role is too weak.
    """
    caller = caller_of(request)
    role = role_in(caller, project_id)
    if not reaches(role, at_least) or (caller.by_script and not lets_scripts_in(role)):
        raise NotFound()
    return caller


def role_in(session: Caller, project_id: UUID) -> Role | None:
    """Return what a session may be in a project, or None for nothing.

    The weaker of two counts: what the cluster's administrator approved, and what the last snapshot
    of the project says. Not what the login token said: a project made, or a role changed, after
    the login must count at once.
    """
    mirrored = (
        Person.objects.filter(project_id=project_id, subject=session.subject_id)
        .values_list("role", flat=True)
        .first()
    )
    return approved_role(session, mirrored)


def approved_role(session: Caller, mirrored: str | None) -> Role | None:
    """Return the weaker of a mirrored role and what was approved here, or None for nothing."""
    if mirrored is None or not session.subject.approved_role:
        return None
    return weaker(Role(mirrored), Role(session.subject.approved_role))


def require_administrator(request: Request) -> Session:
    """Return the session of an administrator of the cluster. Raises: NotFound for everyone else."""
    session = session_of(request)
    if not is_administrator(session.subject):
        raise NotFound()
    return session


def is_administrator(subject: Subject) -> bool:
    """Say whether the cluster's own approval makes this person an administrator of it.

    Only what was approved here counts, not what the control plane says in any project: these are
    the pages that watch over it, and it must neither open nor close them.
    """
    return bool(subject.approved_role) and reaches(Role(subject.approved_role), Role.ADMIN)


def projects_for(session: Caller) -> list[tuple[Project, Role]]:
    """Return the projects a session may enter, with its role in each, by title."""
    known = Project.objects.filter(people__subject=session.subject_id).order_by("title", "id")
    found = ((project, role_in(session, project.id)) for project in known)
    return [(project, role) for project, role in found if role is not None]


def tasks_for(session: Session) -> list[Task]:
    """Return the tasks a session may work on, by project and title."""
    roles = {project.id: role for project, role in projects_for(session)}
    tasks = Task.objects.filter(project_id__in=roles).select_related("project")
    return [
        task
        for task in tasks.order_by("project__title", "title", "id")
        if reaches(roles[task.project_id], Role.DEVELOPER)
        or _is_assigned(session, task, roles[task.project_id])
    ]


def _is_assigned(session: Session, task: Task, role: Role | None) -> bool:
    if role is None:
        return False
    return TaskAnnotator.objects.filter(task=task, subject=session.subject_id).exists()
