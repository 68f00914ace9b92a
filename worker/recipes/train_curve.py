"""Train at growing shares of the answers, so that one sees whether more of them would help."""

from __future__ import annotations

from dataclasses import replace

from annex.contract.enums import JobRecipe, PredictorKind, Stage
from annex.contract.recipes import CurvePoint, TrainCurveArguments

from worker.jobs.context import JobContext
from worker.predictors.pipeline import load_archive
from worker.recipes.evaluate import evaluation_texts
from worker.recipes.registry import job_recipe
from worker.recipes.train import hyperparameters, nothing_to_learn_fails, training_snapshot
from worker.training.actions import (
    Subject,
    measure,
    pack_model,
    remove_unkept_model,
    save_evaluation,
    save_model,
    store_model,
)
from worker.training.corpus import Snapshot
from worker.training.run import Trained, train_pipeline
from worker.training.texts import LabelledText, nested_subset


@job_recipe(JobRecipe.TRAIN_CURVE, cleanup=remove_unkept_model)
def run(context: JobContext, arguments: TrainCurveArguments) -> None:
    """Train and measure each point on the same evaluation set; the largest share is the model.

    For one seed a smaller share is part of each larger one. A point is told of as soon as it is
    measured; the last one together with the model.
    """
    gold = evaluation_texts(context, arguments.evaluation_dataset, arguments.component)
    snapshot = training_snapshot(context, arguments.datasets, arguments.component)
    points = sorted(arguments.points, key=lambda point: point.fraction)
    for number, point in enumerate(points):
        trained, subset = train_point(context, arguments, snapshot, (number, len(points)))
        packed = pack_model(trained, context.folder / f"point{number}")
        measured = measure(context, load_archive(packed.archive), gold)
        subject = subject_of(arguments, point, subset)
        if point is not points[-1]:
            with context.write():
                save_evaluation(context, subject, measured)
    written = store_model(packed, arguments.model)
    with context.write():
        save_model(
            context,
            arguments.model,
            packed=packed,
            written=written,
            snapshot=replace(snapshot, texts=tuple(subset)),
            seed=arguments.seed,
            report=measured.report,
            pretrained=arguments.pretrained,
        )
        save_evaluation(context, subject, measured)


def train_point(
    context: JobContext,
    arguments: TrainCurveArguments,
    snapshot: Snapshot,
    place: tuple[int, int],
) -> tuple[Trained, list[LabelledText]]:
    """Train one point. `place` is (its number, how many there are); progress runs over all."""
    number, count = place
    point = sorted(arguments.points, key=lambda p: p.fraction)[number]
    subset = nested_subset(snapshot.texts, point.fraction, arguments.seed)
    chosen = hyperparameters(context, arguments)

    def tell(step: int, total: int) -> None:
        context.progress(Stage.TRAINING, number * total + step, count * total)

    folder = context.folder / f"point{number}" / "checkpoints"
    with nothing_to_learn_fails(len(subset)):
        return train_pipeline(subset, chosen, folder=folder, on_step=tell), subset


def subject_of(
    arguments: TrainCurveArguments, point: CurvePoint, subset: list[LabelledText]
) -> Subject:
    """Return what a point's evaluation is about."""
    return Subject(
        point.evaluation,
        PredictorKind.MODEL,
        arguments.model,
        arguments.evaluation_dataset,
        len(subset),
        point.fraction,
    )
