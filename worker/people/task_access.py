"""The way from an outside id to a task: who asks, and whether they may, in one query.

Every request of an annotator comes through here. Missing and forbidden look alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from annex.contract.enums import Role
from django.db import models
from django.utils import timezone
from rest_framework.request import Request

from common.database.prepared import run_prepared
from common.errors import NotFound
from worker.people.access import approved_role
from worker.people.authentication import SessionAuthentication, session_of
from worker.people.models import Session, Subject
from worker.people.roles import reaches
from worker.people.sessions import COOKIE, hash_key
from worker.projects.models import Task

_SESSION = ("key_hash", "subject_id", "csrf", "idle_at", "expires_at")
_SUBJECT = ("id", "approved_role")
# Raw rows have JSON as text, and no annotator needs a recipe's arguments.
_TASK = tuple(
    field.attname for field in Task._meta.concrete_fields if not isinstance(field, models.JSONField)
)


def _columns(table: str, names: Sequence[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


_ENTER = f"""
SELECT {_columns("session", _SESSION)}, {_columns("subject", _SUBJECT)}, {_columns("task", _TASK)},
  person.role,
  EXISTS (SELECT FROM worker_projects_taskannotator annotator
          WHERE annotator.task_id = task.id AND annotator.subject = session.subject_id)
FROM worker_people_session session
JOIN worker_people_subject subject ON subject.id = session.subject_id
LEFT JOIN worker_projects_task task ON task.id = %(task)s
LEFT JOIN worker_projects_person person
  ON person.project_id = task.project_id AND person.subject = session.subject_id
WHERE session.key_hash = %(key_hash)s AND session.idle_at > %(now)s
  AND session.expires_at > %(now)s AND subject.approved_at IS NOT NULL
"""  # noqa: S608  names of our own columns


@dataclass(frozen=True)
class Entry:
    """What one row of `_ENTER` says. `task` is None when there is none of that id."""

    session: Session
    task: Task | None
    mirrored_role: str | None
    is_assigned: bool

    @property
    def may_enter(self) -> bool:
        """Say whether the person is assigned to the task, or develops its project."""
        return reaches(self.role, Role.DEVELOPER) or (self.role is not None and self.is_assigned)

    @property
    def role(self) -> Role | None:
        """Return what the person may be in the task's project."""
        return approved_role(self.session, self.mirrored_role)

    def task_as_seen(self, task: Task) -> Task:
        """Return the task as this person may see it, not to be saved.

        It is blind to annotators alone, and to them no predictor suggests anything: whatever an
        endpoint reads of it, it reads of a task without suggestions.
        """
        task.blind = task.blind and not reaches(self.role, Role.REVIEWER)
        if task.blind:
            task.suggestions_kind, task.suggestions_id = "", None
        return task


class TaskAuthentication(SessionAuthentication):
    """Sign a request in and find the task of its address at the same time."""

    def find_session(self, request: Request) -> Session | None:
        """Return the live session, and leave the rest of the row for `require_task`."""
        key = request._request.COOKIES.get(COOKIE)
        if not key:
            return None
        entry = enter(key, request.parser_context["kwargs"]["task_id"])
        request._request.entry = entry  # type: ignore[attr-defined]
        return entry.session if entry else None


def require_task(request: Request) -> tuple[Task, UUID]:
    """Return the task of the address, as the person who may work on it sees it, and their subject.

    Raises: NotFound.
    """
    subject = session_of(request).subject_id
    entry = cast(Entry, request._request.entry)  # type: ignore[attr-defined]
    if entry.task is None or not entry.may_enter:
        raise NotFound()
    return entry.task_as_seen(entry.task), subject


def role_on_task(request: Request) -> Role:
    """Return what the person whom `require_task` let in may be in the task's project."""
    role = cast(Entry, request._request.entry).role  # type: ignore[attr-defined]
    if role is None:
        raise NotFound()
    return role


def enter(key: str, task_id: UUID) -> Entry | None:
    """Return whose session a cookie's key opens, and what the row says of the task."""
    values = {"task": task_id, "key_hash": hash_key(key), "now": timezone.now()}
    rows = run_prepared(_ENTER, values)
    if not rows:
        return None
    *columns, role, is_assigned = rows[0]
    rest = list(columns)
    session = _take(Session, _SESSION, rest)
    session.subject = _take(Subject, _SUBJECT, rest)
    return Entry(session, _take(Task, _TASK, rest) if rest[0] else None, role, is_assigned)


def _take(model: type[Any], names: Sequence[str], rest: list[Any]) -> Any:
    """Build a row's model from the first columns of `rest`, and take those away."""
    values, rest[:] = rest[: len(names)], rest[len(names) :]
    loaded: models.Model = model.from_db("default", names, values)
    return loaded
