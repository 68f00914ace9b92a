"""Reads a recipe's fields off its signature, and its titles and help off its docstring."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from annotated_types import Ge, Gt, Le, Len, Lt
from docstring_parser import Docstring, parse

from annex.contract import fields as f
from annex.recipes.arguments import Of, Pattern, Text
from annex.recipes.components import Job, Labels
from annex.recipes.convert import to_json
from annex.recipes.signature_names import RESOURCES, identifier_from, title_from

GIVEN = frozenset({Job, Labels})
"""Types of arguments that nobody types: the run itself, and the labels that there are."""
BOUNDS = {Ge: "ge", Gt: "gt", Le: "le", Lt: "lt"}


class BadSignature(TypeError):
    """A function that cannot be a recipe; it names the argument and says what would do."""


def fields_of(function: Callable[..., Any]) -> list[f.Field]:
    """Return a function's arguments as fields. Raises: BadSignature."""
    hints = get_type_hints(function, include_extras=True)
    helps = _helps(parse(inspect.getdoc(function) or ""))
    parameters = inspect.signature(function).parameters.values()
    asked = [each for each in parameters if hints.get(each.name) not in GIVEN]
    return [_field_of(parameter, hints, helps) for parameter in asked]


def summary_of(function: Callable[..., Any]) -> tuple[str, str]:
    """Return title and help: the docstring's first line without its full stop, and what follows.

    Raises: BadSignature without a docstring.
    """
    said = parse(inspect.getdoc(function) or "")
    if not said.short_description:
        raise BadSignature(f"{function.__name__} needs a docstring: its first line is the title")
    return said.short_description.rstrip("."), (said.long_description or "").strip()


def _field_of(
    parameter: inspect.Parameter, hints: dict[str, Any], helps: dict[str, str]
) -> f.Field:
    name = parameter.name
    if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
        raise BadSignature(f"`{name}` must be keyword-only: put `*` before the arguments")
    if name not in hints:
        raise BadSignature(f"`{name}` has no type")
    given = parameter.default is not inspect.Parameter.empty
    default = parameter.default if given else None
    return _named_field(name, hints[name], helps, required=not given, default=default)


def _named_field(
    name: str, hint: Any, helps: dict[str, str], *, required: bool, default: Any
) -> f.Field:
    kind = _type_of(hint, name)
    return f.Field(
        name=name,
        title=title_from(name),
        help=helps.get(name, ""),
        type=kind,
        required=required,
        default=None if required else to_json(default, kind),
    )


def _type_of(hint: Any, name: str) -> f.FieldType:
    """Return the field type of a hint. Raises: BadSignature for one that no form can show."""
    hint, extras = _unwrap(hint)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _union_type(get_args(hint), extras, name)
    if origin is Literal:
        return f.ChoiceType(choices=list(get_args(hint)))
    if origin is list:
        return _list_type(get_args(hint), extras, name)
    if isinstance(hint, type):
        return _plain_type(hint, extras, name)
    raise BadSignature(f"`{name}`: {hint!r} is no type that an argument can have")


def _plain_type(hint: type, extras: Iterable[Any], name: str) -> f.FieldType:
    if hint in RESOURCES:
        return f.ResourceType(resource=RESOURCES[hint], of=_kinds(extras))
    if issubclass(hint, Enum):
        return f.ChoiceType(choices=[member.value for member in hint])
    if hint in (int, float):
        bounds = {BOUNDS[type(e)]: getattr(e, BOUNDS[type(e)]) for e in extras if type(e) in BOUNDS}
        return (f.IntegerType if hint is int else f.NumberType)(**bounds)
    if hint is str:
        return _string_type(extras, name)
    simple: dict[type, type[f.TextType | f.BooleanType | f.UuidType]] = {
        Text: f.TextType,
        bool: f.BooleanType,
        UUID: f.UuidType,
    }
    if hint in simple:
        return simple[hint]()
    if dataclasses.is_dataclass(hint):
        return _group_type(hint)
    raise BadSignature(f"`{name}`: {hint.__name__} is no type that an argument can have")


def _string_type(extras: Iterable[Any], name: str) -> f.StringType:
    """A plain `str` would carry anything to the control plane, so it must say what it may carry."""
    for extra in extras:
        if isinstance(extra, Pattern):
            return f.StringType(pattern=extra.pattern)
    raise BadSignature(
        f"`{name}`: the control plane sees a str, so say what it may be, as in "
        f'`Annotated[str, Pattern("[a-z]+")]`; free text is a `Text`'
    )


def _union_type(members: tuple[Any, ...], extras: list[Any], name: str) -> f.FieldType:
    """`X | None` is optional; dataclasses are variants; extras belong to what is not None."""
    inner = [member for member in members if member is not type(None)]
    if len(inner) < len(members):
        rest = inner[0] if len(inner) == 1 else Union[tuple(inner)]  # noqa: UP007 - made at run time
        return f.OptionalType(inner=_type_of(_wrap(rest, extras), name))
    if all(dataclasses.is_dataclass(member) for member in inner):
        return f.VariantType(variants=[_group_type(member) for member in inner])
    raise BadSignature(f"`{name}`: a union may hold dataclasses, or one type and None")


def _list_type(arguments: tuple[Any, ...], extras: Iterable[Any], name: str) -> f.ListType:
    sizes = next((extra for extra in extras if isinstance(extra, Len)), Len(0))
    return f.ListType(
        item=_type_of(arguments[0], name),
        min_length=sizes.min_length,
        max_length=1000 if sizes.max_length is None else sizes.max_length,
    )


def _group_type(kind: type) -> f.GroupType:
    said = parse(inspect.getdoc(kind) or "")
    hints = get_type_hints(kind, include_extras=True)
    fields = [_member(each, hints, _helps(said)) for each in dataclasses.fields(kind)]
    said_first = said.short_description or ""
    # A dataclass without a docstring gets its signature for one, which is no help.
    is_written = not said_first.startswith(f"{kind.__name__}(")
    return f.GroupType(
        name=identifier_from(kind.__name__),
        title=title_from(kind.__name__),
        help=said_first if is_written else "",
        fields=fields,
    )


def _member(
    member: dataclasses.Field[Any], hints: dict[str, Any], helps: dict[str, str]
) -> f.Field:
    default = member.default
    if member.default_factory is not dataclasses.MISSING:
        default = member.default_factory()
    missing = default is dataclasses.MISSING
    return _named_field(
        member.name,
        hints[member.name],
        helps,
        required=missing,
        default=None if missing else default,
    )


def _helps(said: Docstring) -> dict[str, str]:
    return {
        each.arg_name: " ".join((each.description or "").split()).removesuffix(".")
        for each in said.params
    }


def _unwrap(hint: Any) -> tuple[Any, list[Any]]:
    if get_origin(hint) is Annotated:
        inner, *extras = get_args(hint)
        return inner, extras
    return hint, []


def _wrap(hint: Any, extras: list[Any]) -> Any:
    return Annotated[(hint, *extras)] if extras else hint


def _kinds(extras: Iterable[Any]) -> list[str]:
    return [kind for extra in extras if isinstance(extra, Of) for kind in extra.kinds]
