"""Replies to sort: a plain iterable over the lines of an asset's file."""

from __future__ import annotations

from collections.abc import Iterator

from annex.recipes import Asset, Example, Task, Text, View, task_recipe


@task_recipe("polite.replies", view=View.CHOICES)
def replies(*, file: Asset, greeting: Text | None = None) -> Task:
    """Sort replies by their tone.

    Args:
        file: a text file with a reply on each line.
        greeting: put before each reply; it stays on the cluster.
    """
    return Task(stream=Lines(file, greeting or ""))


class Lines:
    """The lines of a file, from its first on each time it is asked."""

    def __init__(self, file: Asset, greeting: str) -> None:
        self.file = file
        self.greeting = greeting

    def __iter__(self) -> Iterator[Example]:
        with self.file.path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield Example(f"{self.greeting} {line.strip()}".strip())
