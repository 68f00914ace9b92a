"""Names of a project's things where the API asks for ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from annex.cli.names import is_id, one_named

if TYPE_CHECKING:
    from annex.client.nouns import Sync
    from annex.client.project import ProjectScope


def dataset_named(scope: ProjectScope[Sync], wanted: str) -> UUID:
    """Return the id of a dataset. Raises: NoneOfThatName, BadInput, as all of these."""
    if is_id(wanted):
        return UUID(wanted)
    return one_named("dataset", wanted, scope.datasets.list(), lambda row: row.name).id


def asset_named(scope: ProjectScope[Sync], wanted: str) -> UUID:
    """Return the id of an asset."""
    if is_id(wanted):
        return UUID(wanted)
    return one_named("asset", wanted, scope.assets.list(), lambda row: row.name).id


def model_named(scope: ProjectScope[Sync], wanted: str) -> UUID:
    """Return the id of a model."""
    if is_id(wanted):
        return UUID(wanted)
    return one_named("model", wanted, scope.models.list(), lambda row: row.name).id


def secret_named(scope: ProjectScope[Sync], wanted: str) -> UUID:
    """Return the id of a secret."""
    if is_id(wanted):
        return UUID(wanted)
    return one_named("secret", wanted, scope.secrets.list(), lambda row: row.name).id


def predictor_named(scope: ProjectScope[Sync], wanted: str) -> dict[str, Any]:
    """Return `{kind, id}` of a predictor, by its name or id."""
    row = one_named("predictor", wanted, scope.predictors.list(), lambda row: row.name)
    return {"kind": row.kind, "id": str(row.id)}
