"""`textcat.correct`: people correct what a model has chosen."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from annex.recipes import Dataset, Labels, Model, Of, Task, task_recipe

from worker.builtin.predicting import load_model
from worker.builtin.sources import Seed
from worker.builtin.streams import in_order


@task_recipe("textcat.correct", version=1, view="choices")
def correct(
    *,
    source: Dataset,
    model: Annotated[Model, Of("textcat", "textcat-multilabel")],
    seed: Seed | None = None,
    labels: Labels,
) -> Task:
    """Correct a model's choices.

    Each text comes with the labels that the model chose; people put right what is wrong.

    Args:
        source: Whose examples are shown.
        model: What chooses first.
        seed: Decides the order of the examples; without one it is the dataset's.
    """
    return Task(stream=in_order(source, labels, partial(load_model, model), seed))
