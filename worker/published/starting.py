"""Starting the process of a recipe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annex.contract import process as p
from annex.contract.published import BUILT_IN
from annex.contract.references import references_in
from django.conf import settings
from django.db.models import QuerySet

from worker.projects.models import Label, Task
from worker.published.environments import environment_of, own_environment
from worker.published.following import accept_task
from worker.published.process import RecipeProcess, Scratch
from worker.published.provided import provide
from worker.published.recipes import Accepted


@dataclass(frozen=True)
class StartedRecipe:
    """A recipe that runs; `components` are those that its task has, `metrics` those declared."""

    process: RecipeProcess
    components: frozenset[str]
    metrics: tuple[str, ...] = ()


def start_recipe(task: Task, *, taken: int = 0, resume: Any = None) -> StartedRecipe:
    """Start a task's recipe in a process of its own, whose stream begins after `taken` examples.

    Raises: RecipeFailed; InstallFailed; Conflict (customer) when it cannot run here any more.
    """
    labels = Label.objects.filter(id__in=task.label_ids)
    accepted = accept_task(task)
    process, start = start_process(accepted, task.project_id, labels)
    try:
        begun = start.model_copy(update={"taken": taken, "state": resume})
        said = process.ask(begun, p.Started, seconds=settings.RECIPE_SECONDS)
    except BaseException:
        process.end()
        raise
    return StartedRecipe(process, frozenset(said.components), tuple(accepted.description.metrics))


def start_process(
    accepted: Accepted, project_id: UUID, labels: QuerySet[Label]
) -> tuple[RecipeProcess, p.Start]:
    """Start the process of a recipe, and return what is to be said to it first.

    Args: labels: those that it is told of; retired ones are left out.
    Raises: InstallFailed; ArgumentMissing (customer).
    """
    package = accepted.package
    environment = environment_of(package) if package else own_environment()
    scratch = Scratch()
    try:
        named = references_in(accepted.description.fields, accepted.arguments)
        start = p.Start(
            recipe=accepted.description.name,
            version=accepted.description.version,
            arguments=accepted.arguments,
            provided=provide(named, project_id, scratch.folder),
            labels=dict(labels.filter(retired=False).values_list("id", "name")),
        )
    except BaseException:
        scratch.remove()
        raise
    name = package.name if package else BUILT_IN
    return RecipeProcess(environment.command, environment.readable, name, scratch), start
