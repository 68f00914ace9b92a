"""Checks the arguments of a recipe, and that the ids among them are the project's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annex.contract import fields as f
from annex.contract.enums import AssetState
from annex.contract.values import BadValues, Values, check_values
from django.db.models import QuerySet
from pydantic import JsonValue

from controlplane.lib.errors import InvalidRequest
from controlplane.lib.storable import is_storable
from controlplane.projects.models import Project

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Reference:
    """An id among the arguments, what it should be the id of, and where it stands."""

    kind: f.ResourceType
    id: UUID
    place: str


def check_arguments(project: Project, fields: list[f.Field], values: object) -> Values:
    """Return the arguments, complete with defaults.

    Raises: InvalidRequest naming places such as `arguments.limits.0.low`.
    """
    try:
        checked = check_values(fields, values)
    except BadValues as error:
        raise _refusal([(each.field, each.message) for each in error.errors]) from None
    if not is_storable(checked):
        raise _refusal([("", "There is a null character in it.")])
    strangers = _strangers(project, references_in(fields, checked))
    if strangers:
        raise _refusal([(each.place, _NOT_FOUND[each.kind.resource]) for each in strangers])
    return checked


def _refusal(found: list[tuple[str, str]]) -> InvalidRequest:
    errors = [{"field": f"arguments.{place}".rstrip("."), "message": said} for place, said in found]
    return InvalidRequest(errors[0]["message"], field=errors[0]["field"], errors=errors)


def references_in(fields: list[f.Field], values: Values, place: str = "") -> Iterator[Reference]:
    """Yield every id of a resource among checked values."""
    for field in fields:
        yield from _references(field.type, values[field.name], f"{place}{field.name}")


def _references(kind: f.FieldType, value: JsonValue, place: str) -> Iterator[Reference]:
    match kind, value:
        case f.ResourceType(), str():
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


def _strangers(project: Project, references: Iterator[Reference]) -> list[Reference]:
    """Return the references to nothing of this project. What only the cluster knows is not here."""
    known: dict[f.Resource, dict[UUID, str]] = {}
    strangers = []
    for each in references:
        resource = each.kind.resource
        if resource not in _ROWS:
            continue
        if resource not in known:
            known[resource] = dict(_ROWS[resource](project))
        kind = known[resource].get(each.id)
        if kind is None or (kind and each.kind.of and kind not in each.kind.of):
            strangers.append(each)
    return strangers


def _datasets(project: Project) -> Rows:
    return project.datasets.values_list("id", "role")


def _assets(project: Project) -> Rows:
    return project.assets.filter(state=AssetState.READY.value).values_list("id", "kind")


def _models(project: Project) -> list[tuple[UUID, str]]:
    rows = project.trained_models.filter(trained_at__isnull=False)
    # An argument names kinds as slugs.
    return [(id_, kind.replace("_", "-")) for id_, kind in rows.values_list("id", "component")]


def _labels(project: Project) -> list[tuple[UUID, str]]:
    rows: QuerySet[Any, UUID] = project.labels.filter(retired=False).values_list("id", flat=True)
    return [(id_, "") for id_ in rows]


_ROWS: dict[f.Resource, Callable[[Project], Any]] = {
    f.Resource.DATASET: _datasets,
    f.Resource.ASSET: _assets,
    f.Resource.MODEL: _models,
    f.Resource.LABEL: _labels,
}
"""Ids with their kinds, "" where there are none. Endpoints and secrets lie on the cluster alone."""

_NOT_FOUND = {
    f.Resource.DATASET: "There is no such dataset in this project.",
    f.Resource.ASSET: "There is no such asset that is ready in this project.",
    f.Resource.MODEL: "There is no such model in this project.",
    f.Resource.LABEL: "There is no such label in this project.",
}
