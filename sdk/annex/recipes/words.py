"""Replaces what people type, texts, paths and names, by the ids that arguments carry."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pydantic import JsonValue

from annex.contract import fields as f

Replace: TypeAlias = Callable[[f.TextType | f.ResourceType, str], JsonValue]
"""Returns the id for what was typed where a text or a thing of the cluster is asked for."""


def replace_words(
    fields: list[f.Field], values: dict[str, JsonValue], replace: Replace
) -> dict[str, JsonValue]:
    """Return the values with ids in the place of words; what fits no field stays as it is."""
    kinds = {field.name: field.type for field in fields}
    return {
        name: _replaced(value, kinds[name], replace) if name in kinds else value
        for name, value in values.items()
    }


def _replaced(value: JsonValue, kind: f.FieldType, replace: Replace) -> JsonValue:
    match kind, value:
        case f.OptionalType(inner=inner), _:
            return _replaced(value, inner, replace)
        case ((f.TextType() | f.ResourceType()), str()):
            return replace(kind, value)
        case f.ListType(item=item), list():
            return [_replaced(each, item, replace) for each in value]
        case f.GroupType(fields=fields), dict():
            return replace_words(fields, value, replace)
        case f.VariantType(variants=variants), dict():
            chosen = [each for each in variants if each.name == value.get("kind")]
            return replace_words(chosen[0].fields, value, replace) if chosen else value
    return value
