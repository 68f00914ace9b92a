"""The recipes as this room sees them: found through a function that `worker.recipes` registers.

Jobs stand below recipes and must not import them; what runs is handed down at start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from annex.contract.enums import JobRecipe

if TYPE_CHECKING:
    from annex.contract.leaves import Message

    from worker.jobs.context import JobContext
    from worker.jobs.models import Attempt
    from worker.jobs.shards import HeldShard

Cleanup = Callable[[UUID], None]
"""Removes what an unfinished attempt of the job has left behind; runs again without harm."""


Help = Callable[["Attempt", Path], Callable[["HeldShard"], None]]
"""Gets ready to do shards of an attempt in a folder, and returns what does and finishes one."""


@dataclass(frozen=True)
class Recipe:
    """One registered batch recipe."""

    name: JobRecipe
    arguments: type[Message]
    run: Callable[[JobContext, Any], None]
    cleanup: Cleanup | None
    help: Help | None = None


_finders: list[Callable[[JobRecipe], Recipe]] = []


def find_recipes_with(finder: Callable[[JobRecipe], Recipe]) -> None:
    """Register where recipes come from; the last registration counts."""
    _finders.append(finder)


def find_recipe(name: JobRecipe) -> Recipe:
    """Return a recipe; its module is imported only now.

    Raises: LookupError when it is not compiled in.
    """
    if not _finders:
        raise LookupError(name)
    return _finders[-1](name)
