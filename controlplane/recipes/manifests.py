"""Reads the description of a package that a developer sends."""

from __future__ import annotations

from typing import Any

import pydantic
from annex.contract.published import BUILT_IN as BUILT_IN_PACKAGE
from annex.contract.published import RecipePackage

from controlplane.lib.errors import InvalidRequest
from controlplane.lib.storable import is_storable
from controlplane.recipes.builtin import BUILT_IN

TAGGED = frozenset({"type", "inner", "item"})
"""Members that hold a field type; pydantic puts the type's kind after them, which is no place."""

UNSTORABLE = "There is a null character, half a character or an infinite number in it."


def read_manifest(body: object) -> RecipePackage:
    """Return the description. Raises: InvalidRequest naming places, `recipes.0.fields.2.type`."""
    try:
        package = RecipePackage.model_validate(body)
    except pydantic.ValidationError as error:
        raise _refusal([_place(each) for each in _found(error)]) from None
    if package.name == BUILT_IN_PACKAGE:
        message = "Annex's own recipes are called so. Give your package another name."
        raise _refusal([{"field": "name", "message": message}])
    if not is_storable(package):
        raise _refusal([{"field": "recipes", "message": UNSTORABLE}])
    errors = [
        {"field": f"recipes.{index}.name", "message": "Annex itself has a recipe of this name."}
        for index, recipe in enumerate(package.recipes)
        if f"{recipe.name}.v{recipe.version}" in BUILT_IN
    ]
    if errors:
        raise _refusal(errors)
    return package


def _refusal(errors: list[dict[str, str]]) -> InvalidRequest:
    first = errors[0]
    return InvalidRequest(
        first["message"],
        field=first["field"] or None,
        errors=errors,
        what_to_do="Correct the recipes of the package, then publish it again.",
    )


def _found(error: pydantic.ValidationError) -> list[Any]:
    # Neither inputs nor contexts: what was sent is never repeated.
    return error.errors(include_url=False, include_input=False, include_context=False)


def _place(error: Any) -> dict[str, str]:
    parts: list[str] = []
    tagged = False
    for part in error["loc"]:
        if not tagged:
            parts.append(str(part))
        tagged = not tagged and part in TAGGED
    said = error["msg"].removeprefix("Value error, ")
    return {"field": ".".join(parts), "message": f"{said[:1].upper()}{said[1:]}."}
