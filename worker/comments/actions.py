"""Write and delete comments."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from django.utils import timezone

from common.errors import Conflict, NotFound
from worker.comments.models import Comment
from worker.projects.models import Task
from worker.store.models import Example


class CommentIdTaken(Conflict):
    """The client's id already names another comment."""

    code = "comment.id_taken"
    title = "This comment's id is already in use"
    what_to_do = "Send the comment again under a fresh id."


def add_comment(
    comment_id: UUID, *, task: Task, example: Example, author: UUID, role: Role, text: str
) -> bool:
    """Store a comment once; the same again changes nothing.

    Returns: whether it is new.   Raises: CommentIdTaken (customer).
    """
    wanted = Comment(
        id=comment_id, task=task, example=example, author=author, role=role.value, text=text,
        created_at=timezone.now(),
    )  # fmt: skip
    Comment.objects.bulk_create([wanted], ignore_conflicts=True)
    stored = Comment.objects.filter(task=task, example=example, author=author, id=comment_id)
    found = stored.first()
    if found is None or found.text != text:
        raise CommentIdTaken
    return found.created_at == wanted.created_at


def delete_comment(comment_id: UUID, *, task: Task, author: UUID) -> None:
    """Delete one's own comment. Raises: NotFound, also for a comment of somebody else."""
    deleted, _ = Comment.objects.filter(id=comment_id, task=task, author=author).delete()
    if not deleted:
        raise NotFound
