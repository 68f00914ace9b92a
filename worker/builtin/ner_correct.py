"""`ner.correct`: people correct what a model has marked."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from annex.recipes import Dataset, Labels, Model, Of, Task, task_recipe

from worker.builtin.predicting import load_model
from worker.builtin.sources import Seed
from worker.builtin.streams import in_order


@task_recipe("ner.correct", version=1, view="spans")
def correct(
    *,
    source: Dataset,
    model: Annotated[Model, Of("ner")],
    seed: Seed | None = None,
    labels: Labels,
) -> Task:
    """Correct a model's marks.

    Each text comes with what the model has marked in it; people put right what is wrong.

    Args:
        source: Whose examples are shown.
        model: What marks them first.
        seed: Decides the order of the examples; without one it is the dataset's.
    """
    return Task(stream=in_order(source, labels, partial(load_model, model), seed))
