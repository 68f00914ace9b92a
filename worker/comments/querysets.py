"""Who sees which comments, once for Django and once for the statement that counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from annex.contract.enums import Role
from django.db import models
from django.db.models import Q

from worker.projects.models import Task

if TYPE_CHECKING:
    from worker.comments.models import Comment  # noqa: F401  names the rows

COUNT_SEEN = f"""(
  SELECT count(*) FROM worker_comments_comment comment
  WHERE comment.task_id = %(task)s AND comment.example_id = example.id
    AND (NOT %(blind)s OR comment.author = %(subject)s OR comment.role <> '{Role.ANNOTATOR.value}')
)"""  # noqa: S608  a role of our own
"""How many comments on `example` a person sees: a column of a statement over examples."""


def seen_by(task: Task, subject: UUID) -> dict[str, Any]:
    """Return the values that `COUNT_SEEN` takes. Args: task: as the person sees it."""
    return {"task": task.id, "blind": task.blind, "subject": subject}


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, by who may read them."""

    def seen_by(self, task: Task, subject: UUID) -> Self:
        """Keep a task's comments; where it is blind to the person, their own and reviewers'."""
        comments = self.filter(task=task)
        if not task.blind:
            return comments
        return comments.filter(Q(author=subject) | ~Q(role=Role.ANNOTATOR.value))
