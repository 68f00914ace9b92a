"""`textcat.teach`: people decide where a model is least sure."""

from __future__ import annotations

from typing import Annotated

from annex.recipes import Dataset, Ge, Labels, Le, Model, Of, Task, task_recipe

from worker.builtin.streams import least_sure_first


@task_recipe("textcat.teach", version=1, view="choices")
def teach(
    *,
    source: Dataset,
    model: Annotated[Model, Of("textcat", "textcat-multilabel")],
    pool: Annotated[int, Ge(10), Le(5000)] = 1000,
    labels: Labels,
) -> Task:
    """Correct a model's choices where it is least sure.

    What a model doubts teaches it more than what it knows.

    Args:
        source: Whose examples are shown.
        model: What chooses first, and says how sure it is.
        pool: How many examples are put in order at a time.
    """
    return Task(stream=least_sure_first(source, model, labels, pool))
