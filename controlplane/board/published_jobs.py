"""Start jobs of recipes with fields: built-in ones, and those of the project's cluster."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import JobRecipe, Role
from annex.contract.published import PublishedRecipe, RecipeDescription, RecipeKind
from annex.contract.values import Values
from django.db import transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.jobs.actions import create_job
from controlplane.jobs.models import Job
from controlplane.lib.errors import InvalidRequest
from controlplane.projects.arguments import check_arguments
from controlplane.projects.models import Project
from controlplane.projects.task_recipes import find_published
from controlplane.recipes.builtin import BUILT_IN, as_published
from controlplane.recipes.models import Recipe


@transaction.atomic
def start_published_job(
    *, actor: Actor, project: Project, recipe: str, arguments: dict[str, Any]
) -> Job:
    """Start a built-in job that runs as customers' own do, or one of the newest package with it.

    Raises: InvalidRequest naming `recipe` or a place among the `arguments` (customer).
    """
    require_role(actor, Role.DEVELOPER)
    found = BUILT_IN.get(recipe) or find_published(project, recipe)
    if found.kind != RecipeKind.JOB:
        raise InvalidRequest("This recipe is for tasks. A job cannot run it.", field="recipe")
    checked = check_arguments(project, found.fields, arguments)
    return create_job(
        organization=actor.organization,
        actor=actor,
        project=project,
        recipe=JobRecipe.PUBLISHED,
        arguments=_told(found, recipe, checked),
    )


def _told(found: Recipe | RecipeDescription, full_name: str, arguments: Values) -> PublishedRecipe:
    if isinstance(found, RecipeDescription):
        return as_published(full_name, arguments)
    return PublishedRecipe(
        package=found.package.name,
        package_version=found.package.version,
        digest=found.package.digest,
        name=found.name,
        version=found.version,
        arguments=arguments,
    )
