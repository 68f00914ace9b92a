"""Measure a predictor on the accepted answers of a dataset."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import (
    Component,
    DatasetRole,
    FailureCode,
    JobRecipe,
    PredictorKind,
    Stage,
)
from annex.contract.recipes import EvaluateArguments, PredictorRef

from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.predictors.loading import parts_of
from worker.recipes.predict import find_dataset, find_predictor
from worker.recipes.registry import job_recipe
from worker.training.actions import Subject, measure, save_evaluation
from worker.training.corpus import read_evaluation
from worker.training.models import TrainedModel
from worker.training.texts import LabelledText


@job_recipe(JobRecipe.EVALUATE)
def run(context: JobContext, arguments: EvaluateArguments) -> None:
    """Score the predictor and keep the figures."""
    ref = arguments.predictor
    dataset = find_dataset(context, arguments.dataset)
    held_back = dataset.role == DatasetRole.EVALUATION.value
    predictor = find_predictor(context, ref, held_back=held_back)
    texts = evaluation_texts(context, arguments.dataset, predictor.component)
    context.progress(Stage.EVALUATING, 0, len(texts))
    measured = measure(context, predictor, texts)
    trained_on = training_examples(ref, context.project_id)
    subject = Subject(arguments.evaluation, ref.kind, ref.id, arguments.dataset, trained_on)
    with context.write():
        save_evaluation(context, subject, measured)


def evaluation_texts(
    context: JobContext, dataset_id: UUID, component: Component
) -> list[LabelledText]:
    """Return a dataset's gold for the component. Raises: JobFailure when there are none."""
    find_dataset(context, dataset_id)
    context.progress(Stage.READING, 0)
    texts = read_evaluation(dataset_id, context.project_id, component)
    if not texts:
        raise JobFailure(FailureCode.NO_EXAMPLES, 0, "No accepted answers to measure against.")
    return texts


def training_examples(ref: PredictorRef, project_id: UUID) -> int:
    """Return how many answers a predictor's model was trained on; 0 for rules."""
    if ref.kind is PredictorKind.COMBINED:
        _, ref = parts_of(ref.id, project_id)
    if ref.kind is PredictorKind.RULES:
        return 0
    return TrainedModel.objects.values_list("training_examples", flat=True).get(id=ref.id)
