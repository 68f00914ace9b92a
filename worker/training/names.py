"""What people call the things that an evaluation is about."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import PredictorKind

from worker.projects.models import Combination, ModelName
from worker.store.models import Asset, Dataset

_NAMED: dict[PredictorKind, type[Asset | Combination | ModelName]] = {
    PredictorKind.RULES: Asset,
    PredictorKind.MODEL: ModelName,
    PredictorKind.COMBINED: Combination,
}


def predictor_name(kind: PredictorKind, predictor_id: UUID) -> str:
    """Return the name that people gave a predictor, or nothing when it is not here any more."""
    found = _NAMED[kind].objects.filter(id=predictor_id)
    name: str | None = found.values_list("name", flat=True).first()
    return name or ""


def dataset_name(dataset_id: UUID) -> str:
    """Return the name of a dataset, or nothing when it is not here any more."""
    return Dataset.objects.filter(id=dataset_id).values_list("name", flat=True).first() or ""
