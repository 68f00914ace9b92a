"""Describes a package of recipes: `python -m annex.recipes.describe DISTRIBUTION`.

The same on the laptop that publishes and in the cluster's environment, so that both get the same
digest. A package names the modules of its recipes under the entry point group `annex.recipes`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import EntryPoint, distribution

from annex.contract.published import BUILT_IN, RecipePackage
from annex.recipes.registry import registered_recipes

GROUP = "annex.recipes"
BUILT_IN_MODULE = "worker.builtin"
"""Where the worker has its own recipes; nobody else can import it."""


class NoRecipes(LookupError):
    """A distribution that names no module of recipes."""


def describe_package(name: str) -> RecipePackage:
    """Return the description of an installed distribution. Effects: imports its recipes.

    Raises: NoRecipes; PackageNotFoundError; whatever its modules raise.
    """
    found = distribution(name)
    import_recipes(name)
    recipes = [recipe.description for recipe in registered_recipes()]
    return RecipePackage(name=name, version=found.version, recipes=recipes)


def import_recipes(name: str) -> None:
    """Import a distribution's modules of recipes. Raises: as `describe_package`."""
    for module in recipe_modules(name):
        import_module(module)


def recipe_modules(name: str) -> list[str]:
    """Return the modules that a distribution names. Raises: NoRecipes."""
    if name == BUILT_IN:
        return [BUILT_IN_MODULE]
    points: list[EntryPoint] = list(distribution(name).entry_points.select(group=GROUP))
    if not points:
        raise NoRecipes(f'{name} names no module under [project.entry-points."{GROUP}"]')
    return sorted({point.module for point in points})


if __name__ == "__main__":
    print(describe_package(sys.argv[1]).model_dump_json())
