"""A task's stream follows the task's configuration, and the packages that are installed."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import TaskRecipe, TaskState
from annex.contract.published import PublishedRecipe
from annex.contract.references import references_in
from django.db import transaction

from common.errors import Conflict
from worker.projects.actions import note_recipe
from worker.projects.hooks import AppliedSnapshot, on_snapshot
from worker.projects.models import Task
from worker.published.models import Package, Stream
from worker.published.provided import check_named
from worker.published.recipes import Accepted, accept_recipe
from worker.published.ringing import ring_stream
from worker.published.routing import free_items_of_absent


@on_snapshot
def follow_snapshot(applied: AppliedSnapshot) -> None:
    """Check the recipes of changed tasks and let their streams begin. In its transaction."""
    for task in published_tasks().filter(id__in=applied.changed_tasks):
        follow_task(task)
        free_items_of_absent(task)


def follow_package(package: Package) -> None:
    """Check the tasks again that name a package which is installed now, or refused."""
    for task in published_tasks().filter(
        published__package=package.name, published__package_version=package.version
    ):
        follow_task(task)


def published_tasks() -> Any:
    """Return the tasks of customers' own recipes that are not closed."""
    return Task.objects.filter(recipe=TaskRecipe.PUBLISHED.value, published__isnull=False).exclude(
        state=TaskState.CLOSED.value
    )


@transaction.atomic
def follow_task(task: Task) -> None:
    """Bring the task's view and stream in line with its recipe, and ring for examples.

    Effects: a recipe that cannot run here leaves its code on the task, which then serves nothing.
    """
    published = PublishedRecipe.model_validate(task.published)
    stream = _stream_of(task, published)
    try:
        accepted = accept_task(task)
    except Conflict as refused:
        note_recipe(task, view=task.view, refusal=refused.code)
        stream.state = Stream.State.REFUSED
    else:
        view = accepted.description.view
        note_recipe(task, view=view.value if view else "", refusal="")
        if stream.state == Stream.State.REFUSED:
            stream.state = Stream.State.OPEN
        ring_stream(task.id)
    stream.save()


def try_again(task: Task) -> None:
    """Let a stream go on that has failed."""
    failed = Stream.objects.filter(task_id=task.id, state=Stream.State.FAILED)
    if failed.update(state=Stream.State.OPEN):
        ring_stream(task.id)


def accept_task(task: Task) -> Accepted:
    """Return the recipe that a task runs. Raises: Conflict (customer), of `errors`."""
    accepted = accept_recipe(PublishedRecipe.model_validate(task.published))
    check_named(references_in(accepted.description.fields, accepted.arguments), task.project_id)
    return accepted


def _stream_of(task: Task, published: PublishedRecipe) -> Stream:
    """Return the task's stream, from its beginning when it is of another recipe now."""
    recipe = published.model_dump(mode="json")
    stream = (
        Stream.objects.select_for_update().filter(task_id=task.id).first()
        or Stream(task_id=task.id, recipe=recipe)
    )  # fmt: skip
    if stream.recipe == recipe:
        return stream
    if _what_it_gives(stream.recipe) != _what_it_gives(recipe):
        stream.taken, stream.resume = 0, None
    stream.state, stream.recipe, stream.failure = Stream.State.OPEN, recipe, None
    return stream


def _what_it_gives(recipe: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a stream depends on; a later release of its package goes on where it was."""
    return tuple(recipe[key] for key in ("package", "name", "version", "arguments"))
