"""`filter-by-patterns`: the examples in which patterns match, or do not."""

from __future__ import annotations

from typing import Annotated

from annex.recipes import Asset, Dataset, Job, Of, job_recipe

from worker.builtin.predicting import load_patterns, predict_names
from worker.builtin.sources import count


@job_recipe("filter-by-patterns", version=1)
def filter_by_patterns(
    *,
    source: Dataset,
    patterns: Annotated[Asset, Of("patterns")],
    into: Annotated[Dataset, Of("training")],
    without_matches: bool = False,
    job: Job,
) -> None:
    """Filter a dataset by patterns.

    The examples in which at least one pattern matches go into another dataset, with their answers.

    Args:
        source: Whose examples are looked at.
        patterns: What is looked for.
        into: Where those that match go.
        without_matches: Takes those in which nothing matches instead.
    """
    total = count(source)
    matched = predict_names(load_patterns(patterns), source.read())
    for number, (each, names) in enumerate(matched, start=1):
        if bool(names) is not without_matches:
            job.add(into, each)
        job.progress(number, total)
