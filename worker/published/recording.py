"""Keeping what went wrong with a recipe, where its developers can read it."""

from __future__ import annotations

from worker.projects.models import Task
from worker.published.failures import RecipeFailed
from worker.published.models import RecipeFailure


def keep_failure(task: Task, failed: RecipeFailed) -> RecipeFailure:
    """Store a failure for the developers of the task's project."""
    return RecipeFailure.objects.create(
        project_id=task.project_id,
        task_id=task.id,
        kind=failed.kind.value,
        message=failed.message.replace("\0", ""),
        traceback=failed.traceback.replace("\0", ""),
        output=failed.output.replace("\0", ""),
    )
