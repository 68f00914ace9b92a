"""`spans.manual`: people mark spans that may overlap."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from annex.recipes import Asset, Dataset, Labels, Of, Task, task_recipe

from worker.builtin.predicting import load_patterns
from worker.builtin.sources import Seed
from worker.builtin.streams import in_order


@task_recipe("spans.manual", version=1, view="overlapping")
def manual(
    *,
    source: Dataset,
    patterns: Annotated[Asset, Of("patterns")] | None = None,
    seed: Seed | None = None,
    labels: Labels,
) -> Task:
    """Mark parts of texts that may overlap.

    People mark spans and give each a label; one may lie within another, or share a part with it.

    Args:
        source: Whose examples are shown.
        patterns: What they match is marked already, to be corrected.
        seed: Decides the order of the examples; without one it is the dataset's.
    """
    rules = partial(load_patterns, patterns) if patterns else None
    return Task(stream=in_order(source, labels, rules, seed))
