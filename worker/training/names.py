"""What people call the things that an evaluation is about."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import PredictorKind

from worker.projects.models import ModelName
from worker.store.models import Asset, Dataset


def predictor_name(kind: PredictorKind, predictor_id: UUID) -> str:
    """Return the name of rules or of a model, or nothing when it is not here any more."""
    named = Asset if kind is PredictorKind.RULES else ModelName
    name: str | None = named.objects.filter(id=predictor_id).values_list("name", flat=True).first()
    return name or ""


def dataset_name(dataset_id: UUID) -> str:
    """Return the name of a dataset, or nothing when it is not here any more."""
    return Dataset.objects.filter(id=dataset_id).values_list("name", flat=True).first() or ""
