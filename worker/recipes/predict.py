"""Store a predictor's annotations as suggestions for every example of a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from uuid import UUID

from annex.contract.enums import FailureCode, JobRecipe, Says, Stage
from annex.contract.recipes import PredictArguments, PredictorRef

from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.predictors.base import NamedSpan, Predictor
from worker.predictors.errors import PredictorMissing
from worker.recipes.registry import job_recipe
from worker.store.models import Dataset, Example, Suggestion
from worker.store.pattern_checks import BadPatterns
from worker.store.spans import Span
from worker.training.corpus import label_ids
from worker.training.relabelling import predictor_today

CHUNK_TEXTS = 256


@job_recipe(JobRecipe.PREDICT)
def run(context: JobContext, arguments: PredictArguments) -> None:
    """Predict all, then replace the predictor's former suggestions in one transaction.

    Answered examples too: another task, or another annotator, may still have them before them.
    """
    dataset = find_dataset(context, arguments.dataset)
    predictor = find_predictor(context, arguments.predictor)
    if predictor.component.says is Says.RELATIONS:
        message = "What words hang from is not suggested to annotators."
        raise JobFailure(FailureCode.BAD_ARGUMENTS, detail=message)
    examples = list(Example.objects.visible_in([dataset.id]).values_list("id", "text"))
    suggestions = predict_all(context, predictor, arguments.predictor, examples)
    context.progress(Stage.WRITING, 0, len(suggestions))
    with context.write():
        former = Suggestion.objects.filter(
            example__dataset=dataset,
            predictor_kind=arguments.predictor.kind.value,
            predictor_id=arguments.predictor.id,
        )
        former.delete()
        Suggestion.objects.bulk_create(suggestions, batch_size=2000)


def predict_all(
    context: JobContext,
    predictor: Predictor,
    ref: PredictorRef,
    examples: Sequence[tuple[int, str]],
) -> list[Suggestion]:
    """Return one suggestion for each (example id, text), empty ones too. Raises: JobCancelled."""
    ids = label_ids(context.project_id)
    predicted = predictor.predict(text for _, text in examples)
    suggestions: list[Suggestion] = []
    for start in range(0, len(examples), CHUNK_TEXTS):
        context.progress(Stage.PREDICTING, start, len(examples))
        chunk = examples[start : start + CHUNK_TEXTS]
        for (example_id, _), said in zip(chunk, islice(predicted, len(chunk)), strict=True):
            suggestion = Suggestion(
                example_id=example_id,
                predictor_kind=ref.kind.value,
                predictor_id=ref.id,
                spans=registered(said.spans, ids),
                choices=[ids[label] for label in said.choices if label in ids],
            )
            suggestions.append(suggestion)
    return suggestions


def registered(spans: Sequence[NamedSpan], ids: dict[str, UUID]) -> list[Span]:
    """Return the spans by label id, without those whose label nobody registered."""
    return [
        {"start": span.start, "end": span.end, "label": str(ids[span.label])}
        for span in spans
        if span.label in ids
    ]


def find_dataset(context: JobContext, dataset_id: UUID) -> Dataset:
    """Return a dataset of the job's own project. Raises: JobFailure."""
    dataset = Dataset.objects.filter(id=dataset_id, project_id=context.project_id).first()
    if dataset is None:
        raise JobFailure(FailureCode.BAD_ARGUMENTS, detail="The dataset is not of this project.")
    return dataset


def find_predictor(context: JobContext, ref: PredictorRef, *, held_back: bool = False) -> Predictor:
    """Load a predictor of the job's own project, in the labels of today. Raises: JobFailure.

    Args: held_back: in the labels that the evaluation answers have.
    """
    context.progress(Stage.STARTING, 0)
    return load_or_fail(context.project_id, ref, held_back=held_back)


def load_or_fail(project_id: UUID, ref: PredictorRef, *, held_back: bool = False) -> Predictor:
    """Load a predictor of the project, in the labels of today. Raises: JobFailure."""
    try:
        return predictor_today(ref, project_id, held_back=held_back)
    except PredictorMissing as error:
        raise JobFailure(FailureCode.PREDICTOR_MISSING, detail=error.detail) from error
    except BadPatterns as error:
        raise JobFailure(FailureCode.BAD_PATTERNS, 1, error.detail) from error
