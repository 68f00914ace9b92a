"""Whether a task's recipe can run here, checked against what the cluster itself has installed."""

from __future__ import annotations

from dataclasses import dataclass

from annex.contract.published import (
    PublishedRecipe,
    RecipeDescription,
    RecipeKind,
    RecipePackage,
)
from annex.contract.values import BadValues, Values, check_values

from worker.published.errors import (
    BadArguments,
    NoSuchRecipe,
    NotInstalled,
    OtherDescription,
)
from worker.published.models import Package


@dataclass(frozen=True)
class Accepted:
    """A recipe that is installed here, with arguments that fit it."""

    package: Package
    description: RecipeDescription
    arguments: Values


def accept_recipe(published: PublishedRecipe, kind: RecipeKind = RecipeKind.TASK) -> Accepted:
    """Return the installed recipe that a task or job names.

    Raises: NotInstalled, OtherDescription, NoSuchRecipe, BadArguments (customer).
    """
    package = Package.objects.filter(
        name=published.package,
        version=published.package_version,
        state=Package.State.INSTALLED,
    ).first()
    if package is None:
        raise NotInstalled
    if package.description_digest != published.digest:
        raise OtherDescription
    description = _find(RecipePackage.model_validate(package.description), published, kind)
    try:
        arguments = check_values(description.fields, published.arguments)
    except BadValues as bad:
        raise BadArguments(str(bad)) from None
    return Accepted(package, description, arguments)


def _find(
    package: RecipePackage, published: PublishedRecipe, kind: RecipeKind
) -> RecipeDescription:
    for recipe in package.recipes:
        key = recipe.name, recipe.version, recipe.kind
        if key == (published.name, published.version, kind):
            return recipe
    raise NoSuchRecipe
