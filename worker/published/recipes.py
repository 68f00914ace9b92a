"""Whether a task's recipe can run here, checked against what the cluster itself has installed."""

from __future__ import annotations

from dataclasses import dataclass

from annex.contract.builtin import built_in_package
from annex.contract.enums import JobRecipe
from annex.contract.published import (
    BUILT_IN,
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
    """A recipe that is installed here, with arguments that fit it.

    `package` is None of a built-in one.
    """

    package: Package | None
    description: RecipeDescription
    arguments: Values


def accept_recipe(published: PublishedRecipe, kind: RecipeKind = RecipeKind.TASK) -> Accepted:
    """Return the installed recipe that a task or job names.

    A built-in recipe is known by name and version: the control plane may be of another release,
    which words it otherwise, and the arguments are checked against what is here.
    Raises: NotInstalled, OtherDescription, NoSuchRecipe, BadArguments (customer).
    """
    package = None
    described = built_in_package()
    if published.package != BUILT_IN:
        package = _installed(published)
        described = RecipePackage.model_validate(package.description)
    description = _find(described, published, kind)
    try:
        arguments = check_values(description.fields, published.arguments)
    except BadValues as bad:
        raise BadArguments(str(bad)) from None
    return Accepted(package, description, arguments)


def _installed(published: PublishedRecipe) -> Package:
    package = Package.objects.filter(
        name=published.package,
        version=published.package_version,
        state=Package.State.INSTALLED,
    ).first()
    if package is None:
        raise NotInstalled
    if package.description_digest != published.digest:
        raise OtherDescription
    return package


def _find(
    package: RecipePackage, published: PublishedRecipe, kind: RecipeKind
) -> RecipeDescription:
    if f"{published.name}.v{published.version}" in set(JobRecipe):
        raise NoSuchRecipe  # runs in `worker.recipes`, next to the store
    for recipe in package.recipes:
        key = recipe.name, recipe.version, recipe.kind
        if key == (published.name, published.version, kind):
            return recipe
    raise NoSuchRecipe
