"""Jobs that run next to the worker's store, in `worker.recipes`, and not in a process of their own.

What they ask for is declared as for any other recipe, so that form, flags and API are made of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, TypeVar
from uuid import UUID

from annex.contract.enums import JobRecipe
from annex.recipes import Asset, Dataset, Ge, Le, Of, Pattern, job_recipe
from annex.recipes import Model as TrainedModel

F = TypeVar("F", bound=Callable[..., Any])

Name: TypeAlias = Annotated[str, Pattern(r"[^\x00]{1,200}")]
Slug: TypeAlias = Annotated[str, Pattern("[a-z][a-z0-9-]{0,31}")]
HeldBack: TypeAlias = Annotated[Dataset, Of("evaluation")]
Data: TypeAlias = Annotated[Asset, Of("data")]
Learned: TypeAlias = Literal[
    "ner", "spancat", "tagger", "senter", "parser", "textcat", "textcat_multilabel"
]
Layer: TypeAlias = Annotated[TrainedModel, Of("tok2vec")]
Steps: TypeAlias = Annotated[int, Ge(20), Le(100_000)]


@dataclass(frozen=True)
class Rules:
    """Patterns.

    Args:
        id: The asset of patterns.
    """

    id: Annotated[Asset, Of("patterns")]


@dataclass(frozen=True)
class Model:
    """A trained model.

    Args:
        id: The model.
    """

    id: TrainedModel


@dataclass(frozen=True)
class Combined:
    """Rules and a model as one.

    Args:
        id: The id of both together.
    """

    id: UUID


Predictor: TypeAlias = Rules | Model | Combined


def worker_job(recipe: JobRecipe) -> Callable[[F], F]:
    """Register what one of the worker's own jobs asks for. Args: recipe: its name on the wire."""
    name, _, version = recipe.value.rpartition(".v")
    return job_recipe(name, version=int(version))
