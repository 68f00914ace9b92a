"""Which model has ordered a task's queue."""

from __future__ import annotations

from django.db import models


class Ranking(models.Model):
    """The last ordering of a task's queue by doubt.

    `failed` once its model could not be loaded or run: it is tried again with another one.
    """

    task_id = models.UUIDField(primary_key=True)
    model_id = models.UUIDField()
    examples = models.PositiveIntegerField(default=0)
    failed = models.BooleanField(default=False)
    ranked_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.task_id)
