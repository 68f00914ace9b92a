"""Comments on an example, for everyone on its task."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, Field, StringConstraints
from rest_framework.request import Request
from rest_framework.response import Response

from worker.annotate.saving import find_example
from worker.annotate.shapes import Sent
from worker.annotate.views import TaskAPIView, answer
from worker.comments.actions import add_comment, delete_comment
from worker.comments.models import Comment
from worker.people.access_log import count_access
from worker.people.models import Subject, What
from worker.people.task_access import require_task, role_on_task
from worker.projects.models import Task
from worker.store.models import Example

MAX_COMMENT_CODEPOINTS = 2000
MAX_COMMENTS = 200
"""So many of the newest are listed."""


class CommentBody(Sent):
    """What somebody says. The database cannot hold U+0000."""

    text: Annotated[
        str,
        StringConstraints(
            strip_whitespace=True, min_length=1, max_length=MAX_COMMENT_CODEPOINTS,
            pattern=r"^[^\x00]*$",
        ),
    ]  # fmt: skip


class CommentShape(BaseModel):
    """One comment; `author` is empty when nobody of that id was ever approved here."""

    id: UUID
    author: str
    mine: bool
    text: str
    created_at: datetime


class CommentsShape(BaseModel):
    """An example's comments that the person may see, oldest first."""

    comments: Annotated[list[CommentShape], Field(max_length=MAX_COMMENTS)]


class CommentsView(TaskAPIView):
    """The comments on one example."""

    @extend_schema(operation_id="comments", responses={200: CommentsShape})
    def get(self, request: Request, task_id: UUID, example: UUID) -> HttpResponse:
        """List what is said about the example."""
        task, subject = require_task(request)
        shape = comments_on(task, subject, find_example(task, example))
        if shape.comments:
            count_access(
                What.COMMENTS_READ, subject=subject, noun=task.id, count=len(shape.comments)
            )
        return answer(shape)


class CommentView(TaskAPIView):
    """One's own comment, under the id that the app made for it."""

    @extend_schema(
        operation_id="add_comment",
        request=CommentBody,
        responses={200: CommentsShape, 201: CommentsShape},
    )
    def put(self, request: Request, task_id: UUID, example: UUID, comment: UUID) -> HttpResponse:
        """Add a comment and list what is said now. The same again is 200 and changes nothing."""
        task, subject = require_task(request)
        found = find_example(task, example)
        text = self.body(request, CommentBody).text
        is_new = add_comment(
            comment, task=task, example=found, author=subject, role=role_on_task(request), text=text
        )
        return answer(comments_on(task, subject, found), status=201 if is_new else 200)

    @extend_schema(operation_id="delete_comment", responses={204: None})
    def delete(self, request: Request, task_id: UUID, example: UUID, comment: UUID) -> Response:
        """Delete one's own comment; anybody else's is not there."""
        task, subject = require_task(request)
        find_example(task, example)
        delete_comment(comment, task=task, author=subject)
        return Response(status=204)


def comments_on(task: Task, subject: UUID, example: Example) -> CommentsShape:
    """Return what a person sees of the comments on an example. Args: task: as they see it."""
    seen = Comment.objects.seen_by(task, subject).filter(example=example)
    newest = list(seen.order_by("-created_at", "-id")[:MAX_COMMENTS])
    authors = {comment.author for comment in newest}
    names = dict(Subject.objects.filter(id__in=authors).values_list("id", "name"))
    return CommentsShape(
        comments=[
            CommentShape(
                id=comment.id,
                author=names.get(comment.author, ""),
                mine=comment.author == subject,
                text=comment.text,
                created_at=comment.created_at,
            )
            for comment in reversed(newest)
        ]
    )
