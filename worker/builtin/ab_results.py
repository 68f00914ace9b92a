"""`ab.results`: what people chose in `ab.compare`."""

from __future__ import annotations

import json
from collections import Counter

from annex.recipes import Answer, Dataset, Job, job_recipe

from worker.builtin.ab_compare import is_turned
from worker.builtin.sources import Seed


@job_recipe("ab.results", version=1)
def results(*, source: Dataset, seed: Seed = 0, job: Job) -> None:
    """Count which output was better.

    Leaves `results.json` with how often each of the two was chosen, and neither.

    Args:
        source: The dataset of a task that compares.
        seed: That of the task.
    """
    votes = Counter(
        vote_of(answer, seed)
        for each in source.read()
        for answer in each.answers
        if answer.verdict != "ignore"
    )
    found = {name: votes[name] for name in ("a", "b", "neither")}
    (job.output / "results.json").write_text(json.dumps(found, indent=2) + "\n")


def vote_of(answer: Answer, seed: int) -> str:
    """Return which output an answer chose."""
    if answer.verdict != "accept" or answer.picked is None:
        return "neither"
    return "ab"[answer.picked ^ is_turned(answer.text, seed)]
