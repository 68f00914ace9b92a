"""What a developer tells the control plane about a package of recipes: names and fields, no code.

The package itself goes to the cluster alone. The same description is read again from what the
cluster has installed, and the two must have the same digest.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field as Constraint
from pydantic import JsonValue, model_validator

from annex.contract.canonical import digest_of
from annex.contract.fields import (
    MAX_DEPTH,
    MAX_FIELDS,
    Field,
    Help,
    Title,
    check_names_once,
    walk_types,
)
from annex.contract.leaves import Digest, Message, SemanticVersion
from annex.contract.values import check_fields

PackageName = Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9-]{0,47}$")]
RecipeName = Annotated[
    str, Constraint(pattern=r"^[a-z][a-z0-9-]{0,23}(\.[a-z][a-z0-9-]{0,23}){0,2}$")
]
BUILT_IN = "annex"
"""The package of the recipes that every worker has. A name without a dot is of that one alone."""
MetricName = Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
RecipeVersion = Annotated[int, Constraint(ge=1, le=9999)]


class RecipeKind(StrEnum):
    """What a recipe defines: annotation work, or one run of something."""

    TASK = "task"
    JOB = "job"


class View(StrEnum):
    """The screens that an annotation recipe can show.

    `SPANS`: mark parts that do not overlap. `OVERLAPPING`: mark parts that may, each under one
    label. `RELATIONS`: mark such parts, then connect two of them under a label. `TEXT`: write an
    answer. `COMPARE`: pick one of several texts. `MARK`: accept or reject what is there.
    """

    SPANS = "spans"
    CHOICES = "choices"
    OVERLAPPING = "overlapping"
    RELATIONS = "relations"
    TEXT = "text"
    COMPARE = "compare"
    MARK = "mark"

    @property
    def marks_spans(self) -> bool:
        """Whether parts of the text are marked."""
        return self in {View.SPANS, View.OVERLAPPING, View.RELATIONS}

    @property
    def may_overlap(self) -> bool:
        """Whether marked parts may share text."""
        return self in {View.OVERLAPPING, View.RELATIONS}

    @property
    def needs_labels(self) -> bool:
        """Whether annotators mark or choose with labels there, so that a task must have some."""
        return self.shows_labels and self is not View.MARK

    @property
    def shows_labels(self) -> bool:
        """Whether labels are seen there; suggested ones, where nothing is marked."""
        return self not in {View.TEXT, View.COMPARE}


class RecipeDescription(Message):
    """One recipe of a package. `view` is that of a task; a job has none.

    `metrics` are the names under which it may report figures to the control plane.
    """

    name: RecipeName
    version: RecipeVersion
    kind: RecipeKind
    title: Title
    help: Help = ""
    view: View | None = None
    fields: Annotated[list[Field], Constraint(max_length=50)]
    metrics: Annotated[list[MetricName], Constraint(max_length=8)] = []

    @model_validator(mode="after")
    def _hold_bounds(self) -> Self:
        check_names_once(self.fields)
        if (self.view is not None) is not (self.kind is RecipeKind.TASK):
            raise ValueError("a task has a view, and a job has none")
        depths = [depth for _, depth in walk_types(self.fields)]
        if len(depths) > MAX_FIELDS or max(depths, default=0) > MAX_DEPTH:
            raise ValueError(f"more than {MAX_FIELDS} fields, or nested deeper than {MAX_DEPTH}")
        check_fields(self.fields)
        return self


class RecipePackage(Message):
    """A package's recipes, as its author describes them."""

    name: PackageName
    version: SemanticVersion
    recipes: Annotated[list[RecipeDescription], Constraint(min_length=1, max_length=50)]

    @model_validator(mode="after")
    def _name_each_once(self) -> Self:
        keys = [(recipe.name, recipe.version) for recipe in self.recipes]
        if len(set(keys)) != len(keys):
            raise ValueError("two recipes have the same name and version")
        return self

    @model_validator(mode="after")
    def _leave_bare_names(self) -> Self:
        bare = [recipe.name for recipe in self.recipes if "." not in recipe.name]
        if bare and self.name != BUILT_IN:
            raise ValueError(f"`{bare[0]}` needs a dot, as in `team.{bare[0]}`")
        return self

    def digest(self) -> str:
        """Return the SHA-256 of the description in canonical JSON, in lower-case hex."""
        return digest_of(self)


class PublishedRecipe(Message):
    """Which installed recipe a task or job runs, with arguments to check against its fields.

    `digest` is that of the package's description; a cluster that has another one refuses.
    """

    package: PackageName
    package_version: SemanticVersion
    digest: Digest
    name: RecipeName
    version: RecipeVersion
    arguments: dict[str, JsonValue]
