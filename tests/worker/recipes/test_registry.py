"""Every recipe obeys the same laws."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from annex.contract.enums import JobRecipe
from annex.contract.recipes import ARGUMENTS_OF, ExportArguments, ImportArguments

from worker.jobs.context import JobContext
from worker.recipes.registry import BadRecipe, check_signature, load_recipe


@pytest.mark.parametrize("name", JobRecipe)
def test_recipe_is_there_with_the_contracts_arguments(name: JobRecipe) -> None:
    recipe = load_recipe(name)
    assert (recipe.name, recipe.arguments) == (name, ARGUMENTS_OF[name])
    assert (recipe.run.__doc__ or "").strip()


def wrong_arguments(context: JobContext, arguments: ImportArguments) -> None:
    """Takes another recipe's arguments."""


def wrong_names(ctx: JobContext, arguments: ExportArguments) -> None:
    """Calls its context something else."""


def returns_something(context: JobContext, arguments: ExportArguments) -> int:
    """Returns a value nobody reads."""
    return 0


@pytest.mark.parametrize("function", [wrong_arguments, wrong_names, returns_something])
def test_wrong_signature_is_refused(function: Callable[..., object]) -> None:
    with pytest.raises(BadRecipe, match=r"export\.v1"):
        check_signature(JobRecipe.EXPORT, function)


def test_imports_start_without_spacy() -> None:
    script = (
        "import sys, django; django.setup();"
        "from worker.recipes.registry import load_recipe;"
        "from annex.contract.enums import JobRecipe;"
        "load_recipe(JobRecipe.IMPORT);"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
