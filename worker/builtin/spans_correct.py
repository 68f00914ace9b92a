"""`spans.correct`: people correct a model's marks, which may overlap."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from annex.recipes import Dataset, Labels, Model, Of, Task, task_recipe

from worker.builtin.predicting import load_model
from worker.builtin.sources import Seed
from worker.builtin.streams import in_order


@task_recipe("spans.correct", version=1, view="overlapping")
def correct(
    *,
    source: Dataset,
    model: Annotated[Model, Of("spancat", "ner")],
    seed: Seed | None = None,
    labels: Labels,
) -> Task:
    """Correct a model's overlapping marks.

    Each text comes with what the model has marked in it; people put right what is wrong.

    Args:
        source: Whose examples are shown.
        model: What marks them first.
        seed: Decides the order of the examples; without one it is the dataset's.
    """
    return Task(stream=in_order(source, labels, partial(load_model, model), seed))
