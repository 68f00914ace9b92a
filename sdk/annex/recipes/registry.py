"""The two decorators, and the recipes that they have registered in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from annex.contract.published import RecipeDescription, RecipeKind, View
from annex.recipes.signature import BadSignature, fields_of, summary_of

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Recipe:
    """One registered recipe: its description, and the function behind it."""

    description: RecipeDescription
    function: Callable[..., Any]


_registered: dict[tuple[str, int], Recipe] = {}


def task_recipe(
    name: str, *, version: int = 1, view: View | str, metrics: Sequence[str] = ()
) -> Callable[[F], F]:
    """Register a function that returns a `Task`. Its signature becomes form, flags and API.

    Args:
        name: lower case with a dot, `team.purpose`; raise `version` when its arguments change.
        view: `spans` to mark parts of a text, `choices` to choose labels for the whole, `text` to
            write one in answer, `compare` to pick one of its options, `mark` to say yes or no.
        metrics: names of figures that `Task.metrics` may report to the control plane.
    Raises: BadSignature, while the module is imported.
    """
    return _register(name, version, RecipeKind.TASK, view=View(view), metrics=metrics)


def job_recipe(name: str, *, version: int = 1, metrics: Sequence[str] = ()) -> Callable[[F], F]:
    """Register a function that does one run of something.

    An argument of type `Job` gets the run itself; the others are as for a task.
    Raises: BadSignature, while the module is imported.
    """
    return _register(name, version, RecipeKind.JOB, view=None, metrics=metrics)


def registered_recipes() -> list[Recipe]:
    """Return the recipes of all modules imported so far, by name and version."""
    return [_registered[key] for key in sorted(_registered)]


def find_recipe(name: str, version: int) -> Recipe:
    """Return a registered recipe. Raises: LookupError."""
    return _registered[name, version]


def _register(
    name: str, version: int, kind: RecipeKind, *, view: View | None, metrics: Sequence[str]
) -> Callable[[F], F]:
    def register(function: F) -> F:
        if (name, version) in _registered:
            raise BadSignature(f"{name}.v{version} is registered twice")
        title, text = summary_of(function)
        description = RecipeDescription(
            name=name,
            version=version,
            kind=kind,
            title=title,
            help=text,
            view=view,
            fields=fields_of(function),
            metrics=list(metrics),
        )
        _registered[name, version] = Recipe(description, function)
        return function

    return register
