"""Checks a recipe's arguments against its fields: one validator for form, flags and API.

It needs the fields alone and none of the recipe's code, so that the control plane can check what
it may not run. Patterns run on a regular-expression engine of linear time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

import pydantic
from pydantic import ConfigDict, JsonValue, create_model
from pydantic_core import SchemaError

from annex.contract import fields as f

Values: TypeAlias = dict[str, JsonValue]

FORBID_UNKNOWN = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


@dataclass(frozen=True)
class FieldError:
    """One value that does not fit: where (`limits.0.low`, "" for the whole), and what is wrong."""

    field: str
    message: str


class BadValues(ValueError):
    """Arguments that do not fit a recipe's fields; `errors` has one entry per field at fault."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))
        self.errors = errors


def check_values(fields: list[f.Field], values: object) -> Values:
    """Return the values as JSON, complete with defaults.

    Raises: BadValues. Neither its message nor its errors repeat a value, which may be a secret.
    """
    try:
        checked = model_of(fields).model_validate(values)
    except pydantic.ValidationError as error:
        raise BadValues(_errors_of(error, fields)) from None
    return checked.model_dump(mode="json", by_alias=True)


def check_fields(fields: list[f.Field]) -> None:
    """Raise ValueError when a pattern cannot be read, or a default is not one of its type."""
    for field in fields:
        try:
            model = model_of([field])
        except SchemaError:
            raise ValueError(f"`{field.name}`: a pattern is not one that can be read") from None
        if not field.required:
            _check_default(field, model)


def _check_default(field: f.Field, model: type[pydantic.BaseModel]) -> None:
    try:
        model.model_validate({field.name: field.default})
    except pydantic.ValidationError as error:
        said = error.errors(include_url=False, include_input=False)[0]["msg"]
        raise ValueError(f"`{field.name}`: its default does not fit it: {said}") from None


def model_of(fields: list[f.Field], name: str = "Arguments") -> type[pydantic.BaseModel]:
    """Return the pydantic model that accepts exactly the fields' values."""
    # By alias, because an argument may well be called `copy` or `schema`.
    members: dict[str, Any] = {
        f"field_{field.name}": (
            _annotation(field.type),
            pydantic.Field(... if field.required else field.default, alias=field.name),
        )
        for field in fields
    }
    return create_model(name, __config__=FORBID_UNKNOWN | {"validate_default": True}, **members)


def _annotation(kind: f.FieldType) -> Any:
    """Return the annotation that accepts a type's values."""
    match kind:
        case f.StringType(pattern=pattern):
            limits = pydantic.Field(pattern=f"^(?:{pattern})$", max_length=200)
            return Annotated[str, limits]
        case f.TextType() | f.ResourceType() | f.UuidType():
            return UUID
        case f.IntegerType():
            return Annotated[f.Whole, _bounds(kind)]
        case f.NumberType():
            return Annotated[float, _bounds(kind)]
        case f.BooleanType():
            return bool
        case f.ChoiceType(choices=choices):
            return Literal[tuple(choices)]
        case _:
            return _nested_annotation(kind)


def _nested_annotation(kind: f.FieldType) -> Any:
    match kind:
        case f.OptionalType(inner=inner):
            return _annotation(inner) | None
        case f.ListType(item=item, min_length=least, max_length=most):
            sized = pydantic.Field(min_length=least, max_length=most)
            return Annotated[list[_annotation(item)], sized]  # type: ignore[misc]
        case f.GroupType(fields=fields, name=name):
            return model_of(fields, name)
        case f.VariantType(variants=variants):
            models = [_variant_model(variant) for variant in variants]
            either = reduce(lambda one, other: one | other, models)
            return Annotated[either, pydantic.Field(discriminator="kind")]
    raise TypeError(f"{type(kind).__name__} is no field type")


def _variant_model(variant: f.GroupType) -> Any:
    fields = model_of(variant.fields, variant.name)
    tag: Any = (Literal[variant.name], ...)
    return create_model(variant.name, __base__=fields, kind=tag)


def _bounds(kind: f.IntegerType | f.NumberType) -> Any:
    return pydantic.Field(ge=kind.ge, gt=kind.gt, le=kind.le, lt=kind.lt)


SENTENCES = {
    "missing": "This is required.",
    "extra_forbidden": "There is no such argument.",
    "string_pattern_mismatch": "This does not match the pattern that the recipe asks for.",
    "uuid_parsing": "This is not an id.",
    "uuid_type": "This is not an id.",
    "union_tag_not_found": "Say under `kind` which variant this is.",
    "union_tag_invalid": "There is no such variant.",
}
"""Where pydantic's own sentence would repeat the value, or speaks of Python."""


def _errors_of(error: pydantic.ValidationError, fields: list[f.Field]) -> list[FieldError]:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return [
        FieldError(_place(each["loc"], fields), SENTENCES.get(each["type"], f"{each['msg']}."))
        for each in found
    ]


def _place(loc: tuple[int | str, ...], fields: list[f.Field]) -> str:
    """Return where in the values an error lies; the name of a variant is no part of that."""
    kind: f.FieldType | None = f.GroupType(name="arguments", title="Arguments", fields=fields)
    parts = []
    for part in loc:
        kind = kind.inner if isinstance(kind, f.OptionalType) else kind
        if isinstance(kind, f.VariantType):
            kind = next(each for each in kind.variants if each.name == part)
        else:
            parts.append(str(part))
            kind = _child(kind, part)
    return ".".join(parts)


def _child(kind: f.FieldType | None, part: int | str) -> f.FieldType | None:
    if isinstance(kind, f.ListType):
        return kind.item
    if isinstance(kind, f.GroupType):
        return next((field.type for field in kind.fields if field.name == part), None)
    return None
