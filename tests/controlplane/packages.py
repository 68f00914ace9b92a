"""A package of recipes as a developer would describe it."""

from __future__ import annotations

from typing import Any

from annex.contract import fields as f
from annex.contract.published import RecipeDescription, RecipeKind, RecipePackage, View

LIMITS = f.GroupType(
    name="limits",
    title="Limits",
    fields=[
        f.Field(name="low", title="Low", type=f.IntegerType(ge=0)),
        f.Field(name="high", title="High", type=f.IntegerType(le=99), required=False, default=9),
    ],
)


def resource(kind: f.Resource, *of: str) -> f.OptionalType:
    """Return an optional id of a resource."""
    return f.OptionalType(inner=f.ResourceType(resource=kind, of=list(of)))


FIELDS = [
    f.Field(name="limits", title="Limits", type=f.ListType(item=LIMITS, max_length=3)),
    *(
        f.Field(name=name, title=name.title(), type=kind, required=False)
        for name, kind in {
            "dataset": resource(f.Resource.DATASET, "training"),
            "rules": resource(f.Resource.ASSET, "patterns"),
            "model": resource(f.Resource.MODEL, "ner"),
            "label": resource(f.Resource.LABEL),
            "secret": resource(f.Resource.SECRET),
        }.items()
    ),
]


def a_recipe(name: str = "polite.check", **changes: Any) -> RecipeDescription:
    """Return a task's recipe."""
    told: dict[str, Any] = {
        "name": name,
        "version": 1,
        "kind": RecipeKind.TASK,
        "title": "Check the politeness",
        "view": View.SPANS,
        "fields": FIELDS,
    }
    return RecipeDescription(**told | changes)


def a_package(
    *recipes: RecipeDescription, name: str = "polite", version: str = "1.2.0"
) -> RecipePackage:
    """Return a package; without recipes, of one."""
    return RecipePackage(name=name, version=version, recipes=list(recipes) or [a_recipe()])
