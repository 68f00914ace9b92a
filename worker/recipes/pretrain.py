"""Teach the layer that trainings start from, on the raw text of some datasets."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from uuid import UUID

from annex.contract.enums import FailureCode, JobRecipe, Stage
from annex.contract.recipes import PretrainArguments
from django.utils.crypto import salted_hmac

from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.recipes.predict import find_dataset
from worker.recipes.registry import job_recipe
from worker.store.models import Example
from worker.training.actions import remove_unkept_model
from worker.training.corpus import SNAPSHOT_SALT, Snapshot, count_held_back
from worker.training.pretraining import pretrain_layer
from worker.training.run import language_for
from worker.training.texts import LabelledText
from worker.training.weights import save_weights, store_weights

MIN_TEXTS = 10


@job_recipe(JobRecipe.PRETRAIN, cleanup=remove_unkept_model)
def run(context: JobContext, arguments: PretrainArguments) -> None:
    """Pretrain, and keep the weights under the model's id."""
    snapshot = raw_snapshot(context, arguments.datasets)
    pretrained = pretrain_layer(
        [text.text for text in snapshot.texts],
        seed=arguments.seed,
        max_steps=arguments.max_steps,
        folder=context.folder / "checkpoints",
        language=language_for(snapshot.texts),
        on_step=lambda step, total: context.progress(Stage.TRAINING, step, total),
    )
    written = store_weights(pretrained, arguments.model, context.folder)
    with context.write():
        save_weights(
            context,
            arguments.model,
            pretrained=pretrained,
            written=written,
            snapshot=snapshot,
            seed=arguments.seed,
        )


def raw_snapshot(context: JobContext, datasets: Collection[UUID]) -> Snapshot:
    """Return the texts of the datasets, answered or not.

    Raises: JobFailure when some are held back for evaluation, saying how many, or when there are
    too few.
    """
    for dataset_id in datasets:
        find_dataset(context, dataset_id)
    context.progress(Stage.CHECKING, 0)
    examples = Example.objects.visible_in(datasets)
    if overlap := count_held_back(examples, context.project_id):
        message = f"{overlap} of the texts are also in an evaluation dataset."
        raise JobFailure(FailureCode.EVALUATION_OVERLAP, overlap, message)
    digest, texts = hashlib.sha256(), []
    for example in examples.iterator(chunk_size=2000):
        digest.update(bytes(example.input_hash))
        if example.text.strip():
            texts.append(LabelledText(example.text, example=example.id))
    if len(texts) < MIN_TEXTS:
        message = f"{len(texts)} texts are too few to learn from: at least {MIN_TEXTS} are needed."
        raise JobFailure(FailureCode.NO_EXAMPLES, len(texts), message)
    keyed = salted_hmac(SNAPSHOT_SALT, digest.hexdigest(), algorithm="sha256").hexdigest()
    return Snapshot(tuple(texts), keyed)
