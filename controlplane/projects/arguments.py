"""Checks the arguments of a recipe, and that the ids among them are the project's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from annex.contract import fields as f
from annex.contract.enums import AssetState, Component
from annex.contract.references import Reference, references_in
from annex.contract.values import BadValues, Values, check_values
from django.db.models import QuerySet

from controlplane.lib.errors import InvalidRequest
from controlplane.lib.storable import is_storable
from controlplane.projects.models import Project

Rows = QuerySet[Any]


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
        raise _refusal([(each.place, _NOT_FOUND[kind.resource]) for each, kind in strangers])
    return checked


def _refusal(found: list[tuple[str, str]]) -> InvalidRequest:
    errors = [{"field": f"arguments.{place}".rstrip("."), "message": said} for place, said in found]
    return InvalidRequest(errors[0]["message"], field=errors[0]["field"], errors=errors)


def _strangers(
    project: Project, references: Iterator[Reference]
) -> list[tuple[Reference, f.ResourceType]]:
    """Return the references to nothing of this project. What only the cluster knows is not here."""
    known: dict[f.Resource, dict[UUID, str]] = {}
    strangers = []
    for each in references:
        asked = each.kind
        if not isinstance(asked, f.ResourceType) or asked.resource not in _ROWS:
            continue
        if asked.resource not in known:
            known[asked.resource] = dict(_ROWS[asked.resource](project))
        kind = known[asked.resource].get(each.id)
        if kind is None or not _is_asked_for(kind, asked):
            strangers.append((each, asked))
    return strangers


def _is_asked_for(kind: str, asked: f.ResourceType) -> bool:
    # A pretrained layer predicts nothing: it is a model only to who asks for one.
    return kind in asked.of if asked.of and kind else kind != Component.TOK2VEC


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


def _secrets(project: Project) -> list[tuple[UUID, str]]:
    rows: QuerySet[Any, UUID] = project.secrets.values_list("id", flat=True)
    return [(id_, "") for id_ in rows]


_ROWS: dict[f.Resource, Callable[[Project], Any]] = {
    f.Resource.DATASET: _datasets,
    f.Resource.ASSET: _assets,
    f.Resource.MODEL: _models,
    f.Resource.LABEL: _labels,
    f.Resource.SECRET: _secrets,
}
"""Ids with their kinds, "" where there are none. Endpoints are known to the cluster alone."""

_NOT_FOUND = {
    f.Resource.DATASET: "There is no such dataset in this project.",
    f.Resource.ASSET: "There is no such asset that is ready in this project.",
    f.Resource.MODEL: "There is no such model in this project.",
    f.Resource.LABEL: "There is no such label in this project.",
    f.Resource.SECRET: "There is no such secret in this project.",
}
