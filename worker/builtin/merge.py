"""`merge`: several datasets become one."""

from __future__ import annotations

from typing import Annotated

from annex.recipes import Answered, Dataset, Job, Len, Of, job_recipe

from worker.builtin.sources import count


@job_recipe("merge", version=1)
def merge(
    *,
    sources: Annotated[list[Dataset], Len(1, 32)],
    into: Annotated[Dataset, Of("training")],
    job: Job,
) -> None:
    """Merge datasets.

    The examples of all datasets go into one, with all answers that were given to each.

    Args:
        sources: Whose examples are taken; of one that several have, the answers are put together.
        into: Where they go; an example that is there already keeps the answers that it has.
    """
    merged: dict[str, Answered] = {}
    total = sum(count(source) for source in sources)
    done = 0
    for source in sources:
        for each in source.read():
            before = merged.get(each.text, Answered(each.text, each.meta))
            answers = [*before.answers, *each.answers]
            merged[each.text] = Answered(
                each.text, {**each.meta, **before.meta}, answers, each.options
            )
            done += 1
            job.progress(done, 2 * total)
    for number, each in enumerate(merged.values(), start=1):
        job.add(into, each)
        job.progress(total + number, total + len(merged))
