"""`text.input`: people write an answer to each text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annex.recipes import Answer, Dataset, Example, Ge, Le, Resume, Task, Text, task_recipe

from worker.builtin.sources import Seed, walk


@task_recipe("text.input", version=1, view="text")
def write(
    *,
    source: Dataset,
    question: Text | None = None,
    most_characters: Annotated[int, Ge(1), Le(20_000)] = 2000,
    seed: Seed | None = None,
) -> Task:
    """Write an answer to texts.

    People write what is asked for: a translation, a summary, a reply.

    Args:
        source: Whose examples are shown.
        question: What annotators are asked, shown beside each text.
        most_characters: How long an answer may be.
        seed: Decides the order of the examples; without one it is the dataset's.
    """

    def stream(resume: Resume) -> Iterator[Example]:
        asked = {"question": str(question)} if question else {}
        for place, each in walk(source, seed, resume):
            yield Example(each.text, {**each.meta, **asked}, state=place)

    def validate(answer: Answer) -> str | None:
        if answer.written is not None and len(answer.written) > most_characters:
            return f"Write at most {most_characters} characters."
        return None

    return Task(stream=stream, validate_answer=validate)
