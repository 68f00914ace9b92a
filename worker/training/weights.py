"""Pretrained weights in the store: kept like a model's file, but loaded into another training."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from annex.contract.enums import Component
from annex.contract.outbound import ModelTrained

from worker.jobs.context import JobContext
from worker.predictors.errors import PredictorMissing
from worker.store.files import FileMissing, Written, stored_files
from worker.store.models import Artefact
from worker.training.actions import model_key
from worker.training.corpus import Snapshot
from worker.training.models import TrainedModel

if TYPE_CHECKING:
    from worker.training.pretraining import Pretrained

WEIGHTS = "weights.bin"


def store_weights(pretrained: Pretrained, model_id: UUID, folder: Path) -> Written:
    """Put the weights into the store, over those of an earlier run."""
    archive = folder / "weights.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(zipfile.ZipInfo(WEIGHTS), pretrained.weights)
    with archive.open("rb") as stream:
        return stored_files().put(model_key(model_id), stream)


def save_weights(
    context: JobContext,
    model_id: UUID,
    *,
    pretrained: Pretrained,
    written: Written,
    snapshot: Snapshot,
    seed: int,
) -> None:
    """Keep the weights' rows and tell of them. Call within `context.write()`."""
    Artefact.objects.update_or_create(
        id=model_id,
        defaults={
            "project_id": context.project_id,
            "kind": Artefact.Kind.WEIGHTS,
            "file_key": model_key(model_id),
            "file_name": f"{model_id}.zip",
            "size_bytes": written.size_bytes,
            "sha256": written.sha256,
        },
    )
    TrainedModel.objects.update_or_create(
        id=model_id,
        defaults={
            "project_id": context.project_id,
            "component": Component.TOK2VEC.value,
            "config": pretrained.config,
            "seed": seed,
            "snapshot": snapshot.digest,
            "training_examples": len(snapshot.texts),
            "steps": pretrained.steps,
            "seconds": pretrained.seconds,
            "size_bytes": written.size_bytes,
            "artefact": model_id,
        },
    )
    context.emit(
        ModelTrained(
            job=context.job,
            job_epoch=context.attempt.epoch,
            model=model_id,
            component=Component.TOK2VEC,
            training_examples=len(snapshot.texts),
            size_bytes=written.size_bytes,
            seed=seed,
            snapshot=snapshot.digest,
            seconds=pretrained.seconds,
        )
    )


def fetch_weights(model_id: UUID, project_id: UUID, folder: Path) -> Path:
    """Unpack a project's pretrained weights below the folder. Raises: PredictorMissing."""
    artefact = Artefact.objects.filter(
        id=model_id, project_id=project_id, kind=Artefact.Kind.WEIGHTS
    ).first()
    if artefact is None:
        raise PredictorMissing
    try:
        archive = stored_files().path(artefact.file_key)
    except FileMissing as error:
        raise PredictorMissing from error
    with zipfile.ZipFile(archive) as packed:
        return Path(packed.extract(WEIGHTS, folder))
