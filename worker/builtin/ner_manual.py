"""`ner.manual`: people mark spans."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from annex.recipes import Asset, Dataset, Labels, Of, Task, task_recipe

from worker.builtin.predicting import load_patterns
from worker.builtin.sources import Seed
from worker.builtin.streams import in_order


@task_recipe("ner.manual", version=1, view="spans")
def manual(
    *,
    source: Dataset | None = None,
    patterns: Annotated[Asset, Of("patterns")] | None = None,
    seed: Seed | None = None,
    labels: Labels,
) -> Task:
    """Mark parts of texts.

    People mark spans and give each a label; no two of them overlap.

    Args:
        source: Whose examples are shown; without one, those of the task's own dataset.
        patterns: What they match is marked already, to be corrected.
        seed: Decides the order of the examples; without one it is the dataset's.
    """
    rules = partial(load_patterns, patterns) if patterns else None
    return Task(stream=in_order(source, labels, rules, seed))
