"""Comments on the examples of a task."""

from __future__ import annotations

from typing import ClassVar

from annex.contract.enums import Role
from django.db import models

from worker.comments.querysets import CommentQuerySet
from worker.projects.models import Task
from worker.store.models import Example


class Comment(models.Model):
    """One comment, under the id that the app made for it; it goes with its task or its example.

    `role` is what the author was when they wrote it: a blind task hides what annotators say.
    """

    id = models.UUIDField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="comments", db_index=False)
    example = models.ForeignKey(Example, models.CASCADE, related_name="comments")
    author = models.UUIDField()
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Role])
    text = models.TextField()
    created_at = models.DateTimeField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["task", "example"], name="comment_by_example")]

    def __str__(self) -> str:
        return str(self.id)
