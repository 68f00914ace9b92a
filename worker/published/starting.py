"""Starting the process of a task's recipe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annex.contract import process as p
from django.conf import settings

from worker.projects.models import Task
from worker.published.environments import environment_of
from worker.published.following import accept_task
from worker.published.process import RecipeProcess, Scratch
from worker.published.provided import named_in, provide


@dataclass(frozen=True)
class StartedRecipe:
    """A recipe that runs; `components` are those that its task has."""

    process: RecipeProcess
    components: frozenset[str]


def start_recipe(task: Task, *, taken: int = 0, resume: Any = None) -> StartedRecipe:
    """Start a task's recipe in a process of its own, whose stream begins after `taken` examples.

    Raises: RecipeFailed; InstallFailed; Conflict (customer) when it cannot run here any more.
    """
    accepted = accept_task(task)
    environment = environment_of(accepted.package)
    scratch = Scratch()
    try:
        named = named_in(accepted.description.fields, accepted.arguments)
        start = p.Start(
            recipe=accepted.description.name,
            version=accepted.description.version,
            arguments=accepted.arguments,
            provided=provide(named, task.project_id, scratch.folder),
            taken=taken,
            state=resume,
        )
    except BaseException:
        scratch.remove()
        raise
    process = RecipeProcess(environment.folder, accepted.package.name, scratch)
    try:
        said = process.ask(start, p.Started, seconds=settings.RECIPE_SECONDS)
    except BaseException:
        process.end()
        raise
    return StartedRecipe(process, frozenset(said.components))
