"""Which recipe a new task runs: a built-in one, or one that was published to its cluster."""

from __future__ import annotations

from itertools import count
from typing import Any

from annex.contract.enums import DatasetRole, TaskRecipe
from annex.contract.published import RecipeKind

from controlplane.accounts.actors import Actor
from controlplane.lib.errors import InvalidRequest
from controlplane.projects.actions import create_dataset
from controlplane.projects.arguments import check_arguments
from controlplane.projects.models import NAME_LENGTH, Dataset, Project
from controlplane.recipes.builtin import BUILT_IN, has_stream
from controlplane.recipes.models import Recipe

ROOM_FOR_NUMBER = 10


def recipe_columns(project: Project, name: str, arguments: object) -> dict[str, Any]:
    """Return the columns of a task that say what it runs, with checked arguments.

    Args: name: `ner.manual.v1`, or a published `<name>.v<version>`: that of the newest package.
    Raises: InvalidRequest naming `recipe` or a place among the `arguments`.
    """
    built_in = BUILT_IN.get(name)
    recipe = built_in or find_published(project, name)
    if recipe.kind != RecipeKind.TASK:
        raise InvalidRequest("This recipe is for jobs. A task cannot run it.", field="recipe")
    if built_in:
        checked = check_arguments(project, built_in.fields, arguments)
        _refuse_unused(name, checked)
        return {"recipe": name, "arguments": checked}
    return {
        "recipe": TaskRecipe.PUBLISHED.value,
        "published": recipe,
        "arguments": check_arguments(project, recipe.fields, arguments),
    }


def _refuse_unused(name: str, arguments: dict[str, Any]) -> None:
    """Without a source nothing streams, and what else was asked for would be passed over."""
    if not has_stream(name, arguments) and any(value is not None for value in arguments.values()):
        raise InvalidRequest(
            "Say whose examples are shown; without a source it has no other arguments.",
            field="arguments.source",
        )


def find_published(project: Project, name: str) -> Recipe:
    """Return the recipe of that name in the newest package on the project's cluster.

    Raises: InvalidRequest naming `recipe`.
    """
    recipe: Recipe | None = Recipe.objects.on_cluster(project.cluster_id).called(name).newest()
    if recipe is None:
        raise InvalidRequest(
            "There is no such recipe on this project's cluster.",
            field="recipe",
            what_to_do="Choose one of the catalogue, or publish its package to the cluster first.",
        )
    return recipe


def dataset_for_stream(actor: Actor, project: Project, title: str) -> Dataset:
    """Make the dataset that the stream of a task fills, named after the task."""
    taken = set(project.datasets.values_list("name", flat=True))
    first = title[: NAME_LENGTH - ROOM_FOR_NUMBER]
    names = (first if number == 1 else f"{first} {number}" for number in count(1))
    free = next(name for name in names if name not in taken)
    return create_dataset(actor=actor, project=project, name=free, role=DatasetRole.TRAINING)
