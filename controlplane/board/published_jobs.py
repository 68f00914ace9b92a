"""Start jobs of recipes that developers published to the project's cluster."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import JobRecipe, Role
from annex.contract.published import PublishedRecipe, RecipeKind
from django.db import transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.jobs.actions import create_job
from controlplane.jobs.models import Job
from controlplane.lib.errors import InvalidRequest
from controlplane.projects.arguments import check_arguments
from controlplane.projects.models import Project
from controlplane.projects.task_recipes import find_published


@transaction.atomic
def start_published_job(
    *, actor: Actor, project: Project, recipe: str, arguments: dict[str, Any]
) -> Job:
    """Start a job of the newest package that has the recipe.

    Raises: InvalidRequest naming `recipe` or a place among the `arguments` (customer).
    """
    require_role(actor, Role.DEVELOPER)
    found = find_published(project, recipe)
    if found.kind != RecipeKind.JOB:
        raise InvalidRequest("This recipe is for tasks. A job cannot run it.", field="recipe")
    checked = check_arguments(project, found.fields, arguments)
    return create_job(
        organization=actor.organization,
        actor=actor,
        project=project,
        recipe=JobRecipe.PUBLISHED,
        arguments=PublishedRecipe(
            package=found.package.name,
            package_version=found.package.version,
            digest=found.package.digest,
            name=found.name,
            version=found.version,
            arguments=checked,
        ),
    )
