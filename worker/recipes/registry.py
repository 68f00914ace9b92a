"""The batch recipes of this worker, one a file, each imported when it first runs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final, TypeVar, get_type_hints

from annex.contract.enums import JobRecipe
from annex.contract.recipes import ARGUMENTS_OF

from worker.jobs.context import JobContext
from worker.jobs.recipes import Cleanup, Help, Recipe

Run = TypeVar("Run", bound=Callable[..., None])

# Importing lazily keeps the start of an import or export free of spaCy.
MODULES: Final[dict[JobRecipe, str]] = {
    JobRecipe.IMPORT: "worker.recipes.import_",
    JobRecipe.EXPORT: "worker.recipes.export",
    JobRecipe.PREDICT: "worker.recipes.predict",
    JobRecipe.PREDICT_FILES: "worker.recipes.predict_files",
    JobRecipe.EVALUATE: "worker.recipes.evaluate",
    JobRecipe.TRAIN: "worker.recipes.train",
    JobRecipe.TRAIN_CURVE: "worker.recipes.train_curve",
    JobRecipe.PRETRAIN: "worker.recipes.pretrain",
    JobRecipe.PACKAGE: "worker.recipes.package",
    # A room above this one, which knows what customers have published.
    JobRecipe.PUBLISHED: "worker.published.jobs",
}

_registered: dict[JobRecipe, Recipe] = {}


class BadRecipe(TypeError):
    """A function that cannot be a recipe; raised while its module is imported."""


def job_recipe(
    name: JobRecipe, *, cleanup: Cleanup | None = None, helper: Help | None = None
) -> Callable[[Run], Run]:
    """Register `def run(context: JobContext, arguments: <the contract's model>) -> None`.

    Args: cleanup: called with the job's id before a run and after one that did not succeed; it
        removes what such a run has written, in any state, as often as it is called.
        helper: does shards (`worker.jobs.shards`), also in other processes than the attempt's.
    Returns: the function, unchanged.
    Raises: BadRecipe when the signature does not fit the contract, or the name is taken.
    """

    def register(function: Run) -> Run:
        check_signature(name, function)
        if name in _registered:
            raise BadRecipe(f"{name} is registered twice")
        _registered[name] = Recipe(name, ARGUMENTS_OF[name], function, cleanup, helper)
        return function

    return register


def check_signature(name: JobRecipe, function: Callable[..., Any]) -> None:
    """Raise BadRecipe unless the function takes a context and the recipe's own arguments."""
    hints = get_type_hints(function)
    expected = {
        "context": JobContext,
        "arguments": ARGUMENTS_OF[name],
        "return": type(None),
    }
    names = list(inspect.signature(function).parameters)
    if names != ["context", "arguments"] or hints != expected:
        model = ARGUMENTS_OF[name].__name__
        raise BadRecipe(f"{name} must be (context: JobContext, arguments: {model}) -> None")


def load_recipe(name: JobRecipe) -> Recipe:
    """Return a recipe, importing its module.

    Raises: LookupError when this worker does not have it.
    """
    if name not in _registered:
        try:
            import_module(MODULES[name])
        except ModuleNotFoundError as error:
            if error.name != MODULES[name]:
                raise
            raise LookupError(name) from error
    return _registered[name]
