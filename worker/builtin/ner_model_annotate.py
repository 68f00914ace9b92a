"""`ner.model-annotate`: a model answers, as an annotator would."""

from __future__ import annotations

from typing import Annotated

from annex.recipes import (
    Answer,
    Answered,
    Dataset,
    Job,
    Labels,
    Model,
    Of,
    Resume,
    job_recipe,
)

from worker.builtin.predicting import load_model, predict
from worker.builtin.sources import count, walk


@job_recipe("ner.model-annotate", version=1)
def model_annotate(
    *,
    source: Dataset,
    model: Annotated[Model, Of("ner")],
    into: Annotated[Dataset, Of("training")],
    labels: Labels,
    job: Job,
) -> None:
    """Let a model answer.

    Every example of a dataset gets an answer by the model in another one, which accepts what it
    marks. Compare it with people's, or make gold of both.

    Args:
        source: Whose examples it answers.
        model: Who answers.
        into: Where its answers go; what is there already stays.
    """
    total = count(source)
    for place, each, said in predict(load_model(model), labels, walk(source, None, Resume())):
        spans = said.spans if said else ()
        answer = Answer(each.text, "accept", spans, annotator=model.id)
        job.add(into, Answered(each.text, each.meta, [answer]))
        job.progress(place, total)
