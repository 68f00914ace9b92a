"""Train one model on the answers of some datasets, and measure it when asked."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from annex.contract.enums import FailureCode, JobRecipe, PredictorKind, Stage
from annex.contract.recipes import TrainArguments

from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.predictors.pipeline import load_archive
from worker.recipes.evaluate import evaluation_texts
from worker.recipes.predict import find_dataset
from worker.recipes.registry import job_recipe
from worker.training.actions import (
    Subject,
    measure,
    pack_model,
    remove_unkept_model,
    save_evaluation,
    save_model,
    store_model,
)
from worker.training.config import Hyperparameters
from worker.training.corpus import Snapshot, count_overlap, read_snapshot
from worker.training.run import Trained, train_pipeline

MIN_ANSWERS = 10
MIN_SPANS = 5


@job_recipe(JobRecipe.TRAIN, cleanup=remove_unkept_model)
def run(context: JobContext, arguments: TrainArguments) -> None:
    """Train, keep the model, and keep its figures on the evaluation dataset if there is one."""
    gold = None
    if arguments.evaluation_dataset and arguments.evaluation:
        gold = evaluation_texts(context, arguments.evaluation_dataset)
    snapshot = training_snapshot(context, arguments.datasets)
    trained = train_on(context, snapshot, hyperparameters(arguments.seed, arguments.max_steps))
    context.progress(Stage.EVALUATING, 0, len(gold) if gold else None)
    packed = pack_model(trained, context.folder)
    # Measured as it is kept, not as it lies in memory: what is shown is what is shipped.
    measured = measure(context, load_archive(packed.archive), gold) if gold else None
    written = store_model(packed, arguments.model)
    with context.write():
        save_model(
            context,
            arguments.model,
            packed=packed,
            written=written,
            snapshot=snapshot,
            seed=arguments.seed,
            report=measured.report if measured else None,
        )
        if measured and arguments.evaluation and arguments.evaluation_dataset:
            subject = Subject(
                arguments.evaluation,
                PredictorKind.MODEL,
                arguments.model,
                arguments.evaluation_dataset,
                len(snapshot.texts),
            )
            save_evaluation(context, subject, measured)


def training_snapshot(context: JobContext, datasets: Collection[UUID]) -> Snapshot:
    """Return the answers to train on.

    Raises: JobFailure when inputs are held back for evaluation, saying how many, or when there
    are too few answers or marks to learn from.
    """
    for dataset_id in datasets:
        find_dataset(context, dataset_id)
    context.progress(Stage.CHECKING, 0)
    if overlap := count_overlap(datasets, context.project_id):
        message = f"{overlap} of the inputs are also in an evaluation dataset."
        raise JobFailure(FailureCode.EVALUATION_OVERLAP, overlap, message)
    snapshot = read_snapshot(datasets, context.project_id)
    accepted = [text for text in snapshot.texts if not text.rejected]
    spans = sum(len(text.spans) for text in accepted)
    if len(accepted) < MIN_ANSWERS or spans < MIN_SPANS:
        message = f"{len(accepted)} accepted answers with {spans} marks are too few to learn from."
        raise JobFailure(FailureCode.NOT_ENOUGH_ANSWERS, len(accepted), message)
    return snapshot


def hyperparameters(seed: int, max_steps: int) -> Hyperparameters:
    """Return what the job's arguments vary; a short training looks at itself more often."""
    defaults = Hyperparameters(seed=seed, max_steps=max_steps)
    if max_steps >= 5 * defaults.eval_steps:
        return defaults
    return Hyperparameters(seed=seed, max_steps=max_steps, eval_steps=max(1, max_steps // 5))


def train_on(
    context: JobContext, snapshot: Snapshot, chosen: Hyperparameters, *, part: str = "checkpoints"
) -> Trained:
    """Train with progress by steps. Raises: JobCancelled within one step of a cancel."""
    return train_pipeline(
        snapshot.texts,
        chosen,
        folder=context.folder / part,
        on_step=lambda step, total: context.progress(Stage.TRAINING, step, total),
    )
