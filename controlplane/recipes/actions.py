"""Write packages of recipes."""

from __future__ import annotations

from annex.contract.enums import Role
from annex.contract.published import RecipePackage
from django.db import IntegrityError, transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.audit.actions import record
from controlplane.clusters.models import Cluster
from controlplane.recipes.errors import RecipeTaken, VersionTaken
from controlplane.recipes.models import Package, Recipe


@transaction.atomic
def register_package(
    *, actor: Actor, cluster: Cluster, package: RecipePackage
) -> tuple[Package, bool]:
    """Take a package's recipes into the catalogue of a cluster.

    Returns: the package, and whether it is new; the same description again changes nothing.
    Raises: VersionTaken, RecipeTaken (customer).
    """
    require_role(actor, Role.DEVELOPER)
    _check_names(cluster, package)
    try:
        with transaction.atomic():
            made = Package.objects.create(
                organization=actor.organization,
                cluster=cluster,
                name=package.name,
                version=package.version,
                digest=package.digest(),
                created_by=actor.user,
            )
    except IntegrityError:
        return _same(cluster, package), False
    _add_recipes(made, package)
    record(actor=actor, verb="package.registered", noun="package", noun_id=made.id)
    return made, True


def _same(cluster: Cluster, package: RecipePackage) -> Package:
    known: Package = cluster.packages.get(name=package.name, version=package.version)
    if known.digest != package.digest():
        raise VersionTaken(f"{package.name} {package.version} has other recipes.", field="version")
    return known


def _check_names(cluster: Cluster, package: RecipePackage) -> None:
    """A task asks for a recipe by its name alone, so two packages may not share one."""
    others = Recipe.objects.on_cluster(cluster.id).exclude(package__name=package.name)
    taken = dict(others.values_list("name", "package__name"))
    errors = [
        {
            "field": f"recipes.{index}.name",
            "message": f"{recipe.name} is a recipe of the package {taken[recipe.name]}.",
        }
        for index, recipe in enumerate(package.recipes)
        if recipe.name in taken
    ]
    if errors:
        raise RecipeTaken(errors[0]["message"], errors=errors)


def _add_recipes(made: Package, package: RecipePackage) -> None:
    Recipe.objects.bulk_create(
        Recipe(
            organization_id=made.organization_id,
            package=made,
            name=recipe.name,
            version=recipe.version,
            kind=recipe.kind.value,
            view=recipe.view.value if recipe.view else "",
            title=recipe.title,
            description=recipe.model_dump(mode="json"),
        )
        for recipe in package.recipes
    )
