"""A recipe's fields as JSON Schema (draft 2020-12), for forms and clients of any language.

It asks for the spelling that `annex.contract.values` writes back, so what it accepts is accepted
there. It cannot say everything: not whether an id is the project's, nor a pattern that only some
engines read. Under `x-annex` stands what makes a form of it.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from annex.contract import fields as f

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
HINTS = "x-annex"
MAX_STRING = 200
UUID_PATTERN = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
IDS_ALONE = frozenset({f.Resource.ENDPOINT, f.Resource.SECRET})
"""What has not even a name on the control plane."""

_SAFE_PATTERN = re.compile(
    r"""(?:
        [^\\\[\](){}?*+^$|]                      # a character that means itself
        | \\[.\\\[\](){}?*+^$|/]                 # one that is made to
        | \\d
        | \[(?:[^\\\[\]^&~\-]|\\[.\\\-\[\]^/]|\\d|(?<=[^\[])-(?=[^\]]))+\]
        | \((?:\?:)?(?!\?) | \) | \|
        | (?:[?*+]|\{[0-9]+(?:,[0-9]*)?\})(?![?*+{])
    )+""",
    re.VERBOSE,
)
"""Patterns that every engine reads alike; the others stand under `x-annex` only."""


def json_schema_of(fields: list[f.Field]) -> Schema:
    """Return the schema of a recipe's arguments."""
    return {"$schema": DIALECT, **_object(fields)}


def _object(fields: list[f.Field]) -> Schema:
    return {
        "type": "object",
        "properties": {field.name: _property(field) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }


def _property(field: f.Field) -> Schema:
    # What says more of the whole field wins over what its type says: a group has its own title.
    said: Schema = _schema(field.type) | {"title": field.title}
    if field.help:
        said["description"] = field.help
    if not field.required:
        said["default"] = field.default
    return said


def _schema(kind: f.FieldType) -> Schema:
    match kind:
        case f.StringType(pattern=pattern):
            return _string(pattern)
        case f.TextType():
            return _id("text", visible=False)
        case f.UuidType():
            return _id("uuid")
        case f.ResourceType(resource=resource, of=of):
            hints = {"resource": resource.value, "of": of}
            return _id("resource", visible=resource not in IDS_ALONE, **hints)
        case f.IntegerType() | f.NumberType():
            return _number(kind)
        case f.BooleanType():
            return {"type": "boolean", **_hints("switch")}
        case f.ChoiceType(choices=choices):
            return {"enum": list(dict.fromkeys(choices)), **_hints("select")}
    return _nested(kind)


def _nested(kind: f.FieldType) -> Schema:
    match kind:
        case f.OptionalType(inner=inner):
            return {"anyOf": [_schema(inner), {"type": "null"}], **_hints("toggle")}
        case f.ListType(item=item, min_length=least, max_length=most):
            sized = {"type": "array", "minItems": least, "maxItems": most}
            return sized | {"items": _schema(item), **_hints("list")}
        case f.GroupType():
            return _group(kind) | _hints("group")
        case f.VariantType(variants=variants):
            return {"oneOf": [_variant(each) for each in variants], **_hints("variant")}
    raise TypeError(f"{type(kind).__name__} is no field type")


def _group(kind: f.GroupType) -> Schema:
    said = _object(kind.fields) | {"title": kind.title}
    return said | {"description": kind.help} if kind.help else said


def _variant(kind: f.GroupType) -> Schema:
    said = _group(kind)
    said["properties"] = {"kind": {"const": kind.name}} | said["properties"]
    said["required"] = ["kind", *said["required"]]
    return said | _hints("group")


def _string(pattern: str) -> Schema:
    said = {"type": "string", "maxLength": MAX_STRING}
    if is_portable(pattern):
        return said | {"pattern": f"^(?:{pattern})$", **_hints("string")}
    return said | _hints("string", pattern=pattern)


def is_portable(pattern: str) -> bool:
    """Say whether every engine of regular expressions reads the pattern as ours does."""
    if _SAFE_PATTERN.fullmatch(pattern) is None:
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _id(widget: str, *, visible: bool = True, **hints: Any) -> Schema:
    """An id stands for what lies on the cluster; `visible`: its name is known here."""
    asked = {"type": "string", "format": "uuid", "pattern": UUID_PATTERN}
    return asked | _hints(widget, visible=visible, **hints)


def _number(kind: f.IntegerType | f.NumberType) -> Schema:
    whole = isinstance(kind, f.IntegerType)
    bounds = {
        "minimum": kind.ge,
        "exclusiveMinimum": kind.gt,
        "maximum": kind.le,
        "exclusiveMaximum": kind.lt,
    }
    if whole:
        bounds["minimum"] = max(-f.SAFE_INTEGER, -f.SAFE_INTEGER if kind.ge is None else kind.ge)
        bounds["maximum"] = min(f.SAFE_INTEGER, f.SAFE_INTEGER if kind.le is None else kind.le)
    given = {name: bound for name, bound in bounds.items() if bound is not None}
    return {"type": "integer" if whole else "number", **given, **_hints("number")}


def _hints(widget: str, **hints: Any) -> Schema:
    """`visible`: whether the control plane sees the value itself, or no more than an id for it."""
    return {HINTS: {"widget": widget, "visible": True} | hints}
