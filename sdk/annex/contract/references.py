"""Finds the ids among a recipe's checked arguments: what they are of, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from pydantic import JsonValue

from annex.contract import fields as f
from annex.contract.values import Values


class Reference(NamedTuple):
    """An id among the arguments; `place` is as in `FieldError.field`."""

    kind: f.TextType | f.ResourceType
    id: UUID
    place: str

    @property
    def resource(self) -> f.Resource | None:
        """What it is the id of; None for a text."""
        return self.kind.resource if isinstance(self.kind, f.ResourceType) else None


def references_in(fields: list[f.Field], values: Values, place: str = "") -> Iterator[Reference]:
    """Yield every id of a text or a resource among values that `check_values` has returned."""
    for field in fields:
        yield from _references(field.type, values[field.name], f"{place}{field.name}")


def _references(kind: f.FieldType, value: JsonValue, place: str) -> Iterator[Reference]:
    match kind, value:
        case ((f.TextType() | f.ResourceType()), str()):
            yield Reference(kind, UUID(value), place)
        case f.OptionalType(inner=inner), _ if value is not None:
            yield from _references(inner, value, place)
        case f.ListType(item=item), list():
            for index, each in enumerate(value):
                yield from _references(item, each, f"{place}.{index}")
        case f.GroupType(fields=fields), dict():
            yield from references_in(fields, value, f"{place}.")
        case f.VariantType(variants=variants), dict():
            chosen = next(each for each in variants if each.name == value["kind"])
            yield from references_in(chosen.fields, value, f"{place}.")
