"""`mark`: people accept or reject what is there."""

from __future__ import annotations

from collections.abc import Iterator

from annex.recipes import Answered, Dataset, Example, Resume, Task, task_recipe

from worker.builtin.sources import Seed, accepted, apart, walk


@task_recipe("mark", version=1, view="mark")
def mark(*, source: Dataset, seed: Seed | None = None) -> Task:
    """Accept or reject texts.

    Each text comes as it was answered last, and people say whether it is right. Nothing is
    changed in it.

    Args:
        source: Whose examples are shown.
        seed: Decides the order of the examples; without one it is the dataset's.
    """

    def stream(resume: Resume) -> Iterator[Example]:
        for place, each in walk(source, seed, resume):
            yield as_answered(each, place)

    return Task(stream=stream)


def as_answered(each: Answered, place: int) -> Example:
    """Return an example with what its last accepted answer says; no two marks overlap there."""
    answers = accepted(each)
    if not answers:
        return Example(each.text, each.meta, state=place)
    last = answers[-1]
    return Example(each.text, each.meta, state=place, spans=apart(last.spans), choices=last.choices)
