"""The typed arguments of a recipe as data: what form, flags and validation are made from.

A developer's manifest carries them, so every string in them was written by a person for the
control plane to see. `annex.recipes.signature` reads them off a function.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field as Constraint
from pydantic import JsonValue, model_validator

from annex.contract.leaves import Message

MAX_DEPTH = 5
MAX_FIELDS = 200
SAFE_INTEGER = 2**53 - 1
"""The largest whole number that a browser reads exactly."""

Title = Annotated[str, Constraint(min_length=1, max_length=120)]
Help = Annotated[str, Constraint(max_length=1000)]
Identifier = Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Kind = Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
Whole = Annotated[int, Constraint(ge=-SAFE_INTEGER, le=SAFE_INTEGER)]
Number = Annotated[float, Constraint(allow_inf_nan=False)]


class Resource(StrEnum):
    """What an argument may name by id. All of it lives on the cluster."""

    DATASET = "dataset"
    ASSET = "asset"
    MODEL = "model"
    ENDPOINT = "endpoint"
    SECRET = "secret"  # noqa: S105 - a kind, not a secret
    LABEL = "label"


class StringType(Message):
    """A short string that the control plane sees; it matches `pattern` as a whole."""

    kind: Literal["string"] = "string"
    pattern: Annotated[str, Constraint(min_length=1, max_length=200)]


class TextType(Message):
    """Free text, which stays on the cluster; its value is the id under which it lies there."""

    kind: Literal["text"] = "text"


class IntegerType(Message):
    """A whole number."""

    kind: Literal["integer"] = "integer"
    ge: Whole | None = None
    gt: Whole | None = None
    le: Whole | None = None
    lt: Whole | None = None


class NumberType(Message):
    """A finite number."""

    kind: Literal["number"] = "number"
    ge: Number | None = None
    gt: Number | None = None
    le: Number | None = None
    lt: Number | None = None


class BooleanType(Message):
    """Yes or no."""

    kind: Literal["boolean"] = "boolean"


class UuidType(Message):
    """A UUID of no kind that Annex knows."""

    kind: Literal["uuid"] = "uuid"


class ChoiceType(Message):
    """One of a closed list."""

    kind: Literal["choice"] = "choice"
    choices: Annotated[list[Title | Whole], Constraint(min_length=1, max_length=100)]


class ResourceType(Message):
    """The id of something on the cluster; `of` narrows its kind where there are several."""

    kind: Literal["resource"] = "resource"
    resource: Resource
    of: Annotated[list[Kind], Constraint(max_length=16)] = []


class OptionalType(Message):
    """The inner type, or nothing (`null`)."""

    kind: Literal["optional"] = "optional"
    inner: FieldType


class ListType(Message):
    """Several values of one type, in order."""

    kind: Literal["list"] = "list"
    item: FieldType
    min_length: Annotated[int, Constraint(ge=0, le=1000)] = 0
    max_length: Annotated[int, Constraint(ge=1, le=1000)] = 1000


class GroupType(Message):
    """Named fields that belong together: a nested dataclass."""

    kind: Literal["group"] = "group"
    name: Identifier
    title: Title
    help: Help = ""
    fields: Annotated[list[Field], Constraint(max_length=50)]

    @model_validator(mode="after")
    def _name_each_once(self) -> Self:
        check_names_once(self.fields)
        return self


class VariantType(Message):
    """One of several groups; a value names the one it is under `kind`."""

    kind: Literal["variant"] = "variant"
    variants: Annotated[list[GroupType], Constraint(min_length=2, max_length=16)]

    @model_validator(mode="after")
    def _name_each_once(self) -> Self:
        names = [variant.name for variant in self.variants]
        if len(set(names)) != len(names):
            raise ValueError("two variants have the same name")
        if any(field.name == "kind" for variant in self.variants for field in variant.fields):
            raise ValueError("`kind` names the variant and cannot be one of its fields")
        return self


FieldType = Annotated[
    StringType
    | TextType
    | IntegerType
    | NumberType
    | BooleanType
    | UuidType
    | ChoiceType
    | ResourceType
    | OptionalType
    | ListType
    | GroupType
    | VariantType,
    Constraint(discriminator="kind"),
]


class Field(Message):
    """One argument: a form's input, a flag, a key of the API's body.

    `default` counts only where `required` is false.
    """

    name: Identifier
    title: Title
    help: Help = ""
    type: FieldType
    required: bool = True
    default: JsonValue = None


def check_names_once(fields: list[Field]) -> None:
    """Raise ValueError when two fields of one group share a name."""
    names = [field.name for field in fields]
    if len(set(names)) != len(names):
        raise ValueError("two fields have the same name")


def walk_types(fields: list[Field], depth: int = 1) -> Iterator[tuple[FieldType, int]]:
    """Yield every type within the fields, with how deep it lies; the outermost is 1."""
    for field in fields:
        yield from _walk_type(field.type, depth)


def _walk_type(kind: FieldType, depth: int) -> Iterator[tuple[FieldType, int]]:
    yield kind, depth
    match kind:
        case OptionalType(inner=inner):
            yield from _walk_type(inner, depth + 1)
        case ListType(item=item):
            yield from _walk_type(item, depth + 1)
        case GroupType(fields=fields):
            yield from walk_types(fields, depth + 1)
        case VariantType(variants=variants):
            for variant in variants:
                yield from _walk_type(variant, depth + 1)


for _model in (OptionalType, ListType, GroupType, VariantType, Field):
    _model.model_rebuild()
