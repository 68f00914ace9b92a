"""The recipes that every worker has, told as a catalogue shows them."""

from __future__ import annotations

from typing import Any

from annex.contract.builtin import built_in_package, built_in_recipes
from annex.contract.enums import TaskRecipe
from annex.contract.published import PublishedRecipe

BUILT_IN = built_in_recipes()
"""By full name, `ner.correct.v1`."""
OF_QUEUE = frozenset(TaskRecipe) - {TaskRecipe.PUBLISHED}
"""Those that can do without a stream: they show what is in the task's own dataset."""


def has_stream(name: str, arguments: dict[str, Any]) -> bool:
    """Say whether a built-in recipe fills a task's dataset; else it shows what is there."""
    return name not in OF_QUEUE or arguments.get("source") is not None


def as_published(name: str, arguments: dict[str, Any]) -> PublishedRecipe:
    """Return a built-in recipe with checked arguments, as a cluster is told of it."""
    package, recipe = built_in_package(), BUILT_IN[name]
    return PublishedRecipe(
        package=package.name,
        package_version=package.version,
        digest=package.digest(),
        name=recipe.name,
        version=recipe.version,
        arguments=arguments,
    )
