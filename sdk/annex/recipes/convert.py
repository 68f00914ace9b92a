"""Between the JSON of checked arguments and what the recipe's function is called with."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import JsonValue

from annex.contract import fields as f
from annex.recipes.arguments import Text
from annex.recipes.signature_names import RESOURCES, identifier_from

Resolve = Callable[[f.Resource | None, UUID], Any]
"""Returns the object behind an id: of a resource, or (None) the words of a text."""


def arguments_for(
    function: Callable[..., Any], values: dict[str, JsonValue], resolve: Resolve
) -> dict[str, Any]:
    """Return the keyword arguments that checked values stand for."""
    hints = get_type_hints(function, include_extras=True)
    return {name: to_python(value, hints[name], resolve) for name, value in values.items()}


def to_python(value: JsonValue, hint: Any, resolve: Resolve) -> Any:
    """Return the Python value of a checked JSON value."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return None if value is None else _either(value, hint, resolve)
    if origin is list:
        return [to_python(each, get_args(hint)[0], resolve) for each in _list(value)]
    return _plain(value, hint, resolve) if isinstance(hint, type) else value


def _either(value: JsonValue, hint: Any, resolve: Resolve) -> Any:
    inner = [member for member in get_args(hint) if member is not type(None)]
    if len(inner) == 1:
        return to_python(value, inner[0], resolve)
    chosen = _group(value)["kind"]
    member = next(each for each in inner if identifier_from(each.__name__) == chosen)
    return _dataclass(value, member, resolve)


def _plain(value: JsonValue, hint: type, resolve: Resolve) -> Any:
    if hint in RESOURCES or hint is Text:
        return resolve(RESOURCES.get(hint), UUID(str(value)))
    if hint is UUID:
        return UUID(str(value))
    if issubclass(hint, Enum):
        return hint(value)
    return _dataclass(value, hint, resolve) if dataclasses.is_dataclass(hint) else value


def _dataclass(value: JsonValue, hint: type, resolve: Resolve) -> Any:
    hints = get_type_hints(hint, include_extras=True)
    given = {name: each for name, each in _group(value).items() if name in hints}
    return hint(**{name: to_python(each, hints[name], resolve) for name, each in given.items()})


def to_json(value: Any, kind: f.FieldType) -> JsonValue:
    """Return a default as the JSON that its field type accepts; a variant says which it is."""
    match kind:
        case f.OptionalType(inner=inner):
            return None if value is None else to_json(value, inner)
        case f.ListType(item=item):
            return [to_json(each, item) for each in value]
        case f.GroupType(fields=fields):
            return {each.name: to_json(getattr(value, each.name), each.type) for each in fields}
        case f.VariantType(variants=variants):
            name = identifier_from(type(value).__name__)
            group = next(each for each in variants if each.name == name)
            return {"kind": name, **_group(to_json(value, group))}
    plain = value.value if isinstance(value, Enum) else value
    return str(plain) if isinstance(plain, UUID) else plain


def _group(value: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        raise TypeError("the value of a group is an object")
    return value


def _list(value: JsonValue) -> list[JsonValue]:
    if not isinstance(value, list):
        raise TypeError("the value of a list is an array")
    return value
