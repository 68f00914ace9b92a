"""Make an installable wheel of a trained model."""

from __future__ import annotations

import zipfile
from uuid import uuid5

from annex.contract.enums import Component, FailureCode, JobRecipe, Stage
from annex.contract.outbound import ModelPackaged
from annex.contract.recipes import PackageArguments

from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.recipes.registry import job_recipe
from worker.store.files import FileMissing, stored_files
from worker.store.models import Artefact
from worker.training.actions import model_key
from worker.training.models import TrainedModel
from worker.training.package import Wheel, write_wheel

MAX_WHEEL_BYTES = 1024**3


@job_recipe(JobRecipe.PACKAGE)
def run(context: JobContext, arguments: PackageArguments) -> None:
    """Write the wheel, put it into the store and tell of it; packaging again replaces it."""
    model = TrainedModel.objects.filter(id=arguments.model, project_id=context.project_id).first()
    if model is None or not Component(model.component).predicts:
        raise JobFailure(FailureCode.PREDICTOR_MISSING, detail="There is no such model.")
    context.progress(Stage.PACKAGING, 0, 1)
    wheel = Wheel(model.id)
    pipeline, target = context.folder / "pipeline", context.folder / wheel.file_name
    unpack(model, pipeline)
    write_wheel(pipeline, target, wheel, provenance(model))
    if target.stat().st_size > MAX_WHEEL_BYTES:
        raise JobFailure(FailureCode.MODEL_TOO_LARGE, target.stat().st_size)
    store_wheel(context, model, wheel)


def unpack(model: TrainedModel, folder: object) -> None:
    """Unpack the stored model. Raises: JobFailure when its file is gone."""
    try:
        archive = stored_files().path(model_key(model.id))
    except FileMissing as error:
        raise JobFailure(FailureCode.PREDICTOR_MISSING, detail="Its file is gone.") from error
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(str(folder))


def provenance(model: TrainedModel) -> dict[str, object]:
    """Return what goes into meta.json beside spaCy's own entries."""
    return {
        "annex": {
            "config": model.config,
            "seed": model.seed,
            "snapshot": model.snapshot,
            "training_examples": model.training_examples,
            "pretrained": None if model.pretrained is None else str(model.pretrained),
            "scores": model.scores,
        }
    }


def store_wheel(context: JobContext, model: TrainedModel, wheel: Wheel) -> None:
    """Keep the file, its row and the event."""
    artefact_id = uuid5(model.id, "wheel")
    key = f"wheels/{artefact_id}.whl"
    with (context.folder / wheel.file_name).open("rb") as stream:
        written = stored_files().put(key, stream)
    with context.write():
        Artefact.objects.update_or_create(
            id=artefact_id,
            defaults={
                "project_id": context.project_id,
                "kind": Artefact.Kind.WHEEL,
                "file_key": key,
                "file_name": wheel.file_name,
                "size_bytes": written.size_bytes,
                "sha256": written.sha256,
            },
        )
        TrainedModel.objects.filter(id=model.id).update(wheel=artefact_id)
        context.emit(
            ModelPackaged(
                job=context.job,
                job_epoch=context.attempt.epoch,
                model=model.id,
                size_bytes=written.size_bytes,
            )
        )
