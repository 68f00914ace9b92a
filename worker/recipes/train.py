"""Train one model on the answers of some datasets, and measure it when asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from annex.contract.enums import Component, FailureCode, JobRecipe, PredictorKind, Says, Stage
from annex.contract.recipes import TrainArguments, TrainCurveArguments

from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.predictors.errors import PredictorMissing
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
from worker.training.config import Hyperparameters, defaults_for
from worker.training.corpus import Snapshot, count_overlap, read_snapshot
from worker.training.run import NothingToLearn, Trained, train_pipeline
from worker.training.texts import LabelledText
from worker.training.weights import fetch_weights

MIN_ANSWERS = 10
MIN_SPANS = 5
NOT_TOKENS = "None of the marks can be learnt: each is to begin and end with a word."
WORDS = {Says.SPANS: "marks", Says.RELATIONS: "relations"}


@job_recipe(JobRecipe.TRAIN, cleanup=remove_unkept_model)
def run(context: JobContext, arguments: TrainArguments) -> None:
    """Train, keep the model, and keep its figures on the evaluation dataset if there is one."""
    gold = None
    if arguments.evaluation_dataset and arguments.evaluation:
        gold = evaluation_texts(context, arguments.evaluation_dataset, arguments.component)
    snapshot = training_snapshot(context, arguments.datasets, arguments.component)
    trained = train_on(context, snapshot, hyperparameters(context, arguments))
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
            pretrained=arguments.pretrained,
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


def training_snapshot(
    context: JobContext, datasets: Collection[UUID], component: Component
) -> Snapshot:
    """Return the answers to train on.

    Raises: JobFailure when inputs are held back for evaluation, saying how many, or when there
    are too few answers or marks to learn from.
    """
    for dataset_id in datasets:
        find_dataset(context, dataset_id)
    context.progress(Stage.CHECKING, 0)
    if overlap := count_overlap(datasets, context.project_id, component):
        message = f"{overlap} of the inputs are also in an evaluation dataset."
        raise JobFailure(FailureCode.EVALUATION_OVERLAP, overlap, message)
    snapshot = read_snapshot(datasets, context.project_id, component)
    gold = [text for text in snapshot.texts if text.is_gold]
    if lack := lacking(gold, component):
        message = f"{len(gold)} answers are too few to learn from: {lack}."
        raise JobFailure(FailureCode.NOT_ENOUGH_ANSWERS, len(gold), message)
    return snapshot


def lacking(gold: Sequence[LabelledText], component: Component) -> str | None:
    """Return what the answers lack to learn anything from them, or None."""
    if len(gold) < MIN_ANSWERS:
        return f"at least {MIN_ANSWERS} are needed"
    if component.says is not Says.CHOICES:
        marks = sum(len(text.spans) + len(text.arcs) for text in gold)
        return f"they hold {marks} {WORDS[component.says]}" if marks < MIN_SPANS else None
    kinds = {(text.choices, text.rejected) for text in gold}
    return "they all say the same" if len(kinds) == 1 else None


def hyperparameters(
    context: JobContext, arguments: TrainArguments | TrainCurveArguments
) -> Hyperparameters:
    """Return what a job's arguments vary; a short training looks at itself more often.

    Raises: JobFailure when the weights to start from are not here.
    """
    chosen = defaults_for(arguments.component, seed=arguments.seed, max_steps=arguments.max_steps)
    if arguments.pretrained is not None:
        chosen = replace(chosen, pretrained=weights_of(context, arguments.pretrained))
    if chosen.max_steps >= 5 * chosen.eval_steps:
        return chosen
    return replace(chosen, eval_steps=max(1, chosen.max_steps // 5))


def weights_of(context: JobContext, pretrained: UUID) -> Path:
    """Return the file of pretrained weights of the job's own project. Raises: JobFailure."""
    try:
        return fetch_weights(pretrained, context.project_id, context.folder)
    except PredictorMissing as error:
        message = "The pretrained layer is not on this cluster."
        raise JobFailure(FailureCode.PREDICTOR_MISSING, detail=message) from error


def train_on(
    context: JobContext, snapshot: Snapshot, chosen: Hyperparameters, *, part: str = "checkpoints"
) -> Trained:
    """Train with progress by steps.

    Raises: JobCancelled within one step of a cancel, JobFailure when nothing of it can be learnt.
    """
    with nothing_to_learn_fails(len(snapshot.texts)):
        return train_pipeline(
            snapshot.texts,
            chosen,
            folder=context.folder / part,
            on_step=lambda step, total: context.progress(Stage.TRAINING, step, total),
        )


@contextmanager
def nothing_to_learn_fails(answers: int) -> Iterator[None]:
    """Fail the job in words where none of its answers' marks can be learnt. Raises: JobFailure."""
    try:
        yield
    except NothingToLearn as error:
        raise JobFailure(FailureCode.NOT_ENOUGH_ANSWERS, answers, NOT_TOKENS) from error
