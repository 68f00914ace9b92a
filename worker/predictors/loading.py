"""From a predictor's kind and id to a predictor that runs here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from annex.contract.enums import AssetKind, AssetState, PredictorKind
from annex.contract.recipes import PredictorRef

from worker.predictors.base import Predictor
from worker.predictors.errors import PredictorMissing
from worker.projects.models import Combination
from worker.store.files import FileMissing, stored_files
from worker.store.models import Artefact, Asset
from worker.store.patterns import read_patterns

if TYPE_CHECKING:
    from worker.predictors.pipeline import PipelinePredictor


def load_predictor(kind: PredictorKind, predictor_id: UUID, *, project_id: UUID) -> Predictor:
    """Load rules or a model of the project; `parts_of` says what a combination is made of.

    Raises: PredictorMissing, BadPatterns (both customer).
    """
    if kind is PredictorKind.RULES:
        return load_rules(predictor_id, project_id)
    return load_model(predictor_id, project_id)


def parts_of(combination_id: UUID, project_id: UUID) -> tuple[PredictorRef, PredictorRef]:
    """Return the rules and the model that predict as one. Raises: PredictorMissing."""
    found = Combination.objects.filter(id=combination_id, project_id=project_id).first()
    if found is None:
        raise PredictorMissing
    return (
        PredictorRef(kind=PredictorKind.RULES, id=found.rules),
        PredictorRef(kind=PredictorKind.MODEL, id=found.model),
    )


def load_rules(asset_id: UUID, project_id: UUID) -> Predictor:
    """Load the rules of a ready patterns asset. Raises: PredictorMissing, BadPatterns."""
    from worker.predictors.rules import RulesPredictor

    asset = Asset.objects.filter(
        id=asset_id,
        project_id=project_id,
        kind=AssetKind.PATTERNS.value,
        state=AssetState.READY.value,
    ).first()
    if asset is None:
        raise PredictorMissing
    return RulesPredictor(read_patterns(asset), size_bytes=asset.size_bytes)


def load_model(model_id: UUID, project_id: UUID) -> PipelinePredictor:
    """Load a trained model; its artefact carries the model's own id. Raises: PredictorMissing."""
    from worker.predictors.pipeline import load_archive

    artefact = Artefact.objects.filter(
        id=model_id, project_id=project_id, kind=Artefact.Kind.MODEL
    ).first()
    if artefact is None:
        raise PredictorMissing
    try:
        return load_archive(stored_files().path(artefact.file_key))
    except FileMissing as error:
        raise PredictorMissing from error
