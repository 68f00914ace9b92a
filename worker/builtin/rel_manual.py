"""`rel.manual`: people mark spans and say how they are related."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from annex.recipes import Asset, Dataset, Labels, Of, Task, task_recipe

from worker.builtin.predicting import load_patterns
from worker.builtin.sources import Seed
from worker.builtin.streams import in_order


@task_recipe("rel.manual", version=1, view="relations")
def manual(
    *,
    source: Dataset,
    patterns: Annotated[Asset, Of("patterns")] | None = None,
    seed: Seed | None = None,
    labels: Labels,
) -> Task:
    """Connect parts of texts.

    People mark spans, then connect two of them with a label that says how they are related.

    Args:
        source: Whose examples are shown.
        patterns: What they match is marked already, to be connected.
        seed: Decides the order of the examples; without one it is the dataset's.
    """
    rules = partial(load_patterns, patterns) if patterns else None
    return Task(stream=in_order(source, labels, rules, seed))
