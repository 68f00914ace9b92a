"""The recipes that every worker has, as `builtin-recipes.json` describes them.

The file is written from the recipes themselves (`make types`), and a test compares the two.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from annex.contract.published import RecipeDescription, RecipePackage

FILE = Path(__file__).with_name("builtin-recipes.json")


@cache
def built_in_package() -> RecipePackage:
    """Return the package of built-in recipes."""
    return RecipePackage.model_validate_json(FILE.read_bytes())


@cache
def built_in_recipes() -> dict[str, RecipeDescription]:
    """Return the built-in recipes by full name, `ner.correct.v1`."""
    return {f"{each.name}.v{each.version}": each for each in built_in_package().recipes}
