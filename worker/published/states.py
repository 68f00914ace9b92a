"""What a task's stream means for those who work on the task."""

from __future__ import annotations

from worker.projects.models import Task
from worker.published import errors
from worker.published.models import Stream

REFUSALS = {
    error.code: error
    for error in (
        *(errors.NotInstalled, errors.OtherDescription, errors.NoSuchRecipe),
        *(errors.BadArguments, errors.ArgumentMissing, errors.NotProvided),
    )
}


def refuse_unrunnable(task: Task) -> None:
    """Raise what keeps a task's recipe from running on this cluster, if anything does."""
    if task.refusal:
        raise REFUSALS[task.refusal]


def gives_more(task: Task) -> bool:
    """Say whether the task's stream may give more examples by itself.

    Raises: StreamFailed (customer), because to have done everything looks otherwise.
    """
    if not task.is_published:
        return False
    state = Stream.objects.filter(task_id=task.id).values_list("state", flat=True).first()
    if state == Stream.State.FAILED:
        raise errors.StreamFailed
    return state == Stream.State.OPEN
