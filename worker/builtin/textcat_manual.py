"""`textcat.manual`: people choose labels for whole texts."""

from __future__ import annotations

from annex.recipes import Dataset, Labels, Task, task_recipe

from worker.builtin.sources import Seed
from worker.builtin.streams import in_order


@task_recipe("textcat.manual", version=1, view="choices")
def manual(*, source: Dataset | None = None, seed: Seed | None = None, labels: Labels) -> Task:
    """Choose labels for texts.

    People choose one label, or any number of them, for a whole text.

    Args:
        source: Whose examples are shown; without one, those of the task's own dataset.
        seed: Decides the order of the examples; without one it is the dataset's.
    """
    return Task(stream=in_order(source, labels, seed=seed))
