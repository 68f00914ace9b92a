"""What a recipe gives back: examples to show, and what is to happen around their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from pydantic import JsonValue

from annex.recipes.arguments import Dataset


@dataclass(frozen=True)
class Span:
    """A marked part of a text: code points, end exclusive, and the label's id."""

    start: int
    end: int
    label: UUID


@dataclass(frozen=True)
class Relation:
    """Two marked parts, by their positions in the answer's spans, and the label's id."""

    head: int
    child: int
    label: UUID


@dataclass(frozen=True)
class Example:
    """One example to be annotated.

    `meta` is shown beside the text. `state` is what a resumable stream needs to go on after this
    example; it is stored with it and comes back in `Resume`. `spans` and `choices` are what the
    annotators find there to correct; None: nothing is suggested. `options` are two to four texts
    to pick one from, for the view `compare`.
    """

    text: str
    meta: Mapping[str, JsonValue] = field(default_factory=dict)
    state: JsonValue = None
    spans: Sequence[Span] | None = None
    choices: Sequence[UUID] | None = None
    options: Sequence[str] = ()


@dataclass(frozen=True)
class Answer:
    """An annotator's decision about an example, before or after it was saved.

    `asked` says of a dataset's answer what its annotator was asked for, "spans" or "choices":
    an empty list is a no only from whom was asked. None: for what is there, or else for spans.
    `relations` is None where nobody was asked for them.
    `written` is what the annotator wrote in the view `text`, `picked` the place of the option
    taken in the view `compare`, from 0; None: nobody was asked, or none was taken.
    """

    text: str
    verdict: str
    spans: Sequence[Span] = ()
    choices: Sequence[UUID] = ()
    annotator: UUID | None = None
    asked: Sequence[str] | None = None
    relations: Sequence[Relation] | None = None
    written: str | None = None
    picked: int | None = None


@dataclass(frozen=True)
class Answered:
    """An example of a dataset, and what was answered to it, the oldest answer first."""

    text: str
    meta: Mapping[str, JsonValue] = field(default_factory=dict)
    answers: Sequence[Answer] = ()
    options: Sequence[str] = ()


class Labels(dict[str, UUID]):
    """The labels of the task, or of a job's project: ids by name.

    An argument of this type is no field; the recipe is given it.
    """

    def name_of(self, label: UUID) -> str | None:
        """Return the name of a label; None for one that is not among these."""
        return next((name for name, key in self.items() if key == label), None)


@dataclass(frozen=True)
class Resume:
    """Where a stream goes on: examples already taken, and the `state` of the last of them."""

    taken: int = 0
    state: JsonValue = None


Stream: TypeAlias = Iterable[Example] | Callable[[Resume], Iterable[Example]]
"""Lazy. An iterable must give the same examples each time: on a restart those that were taken are
skipped. A function that takes a `Resume` starts where it says, at no cost.
"""


@dataclass(frozen=True)
class Task:
    """The components of an annotation task; only `stream` is needed.

    Args:
        stream: the examples.
        update: called with answers after they were saved, in the order of saving.
        before_save: returns the answer to save instead of the one given.
        validate_answer: returns what is wrong with an answer, in words for its annotator, or None.
        task_router: returns which of the annotators are to get an example; none means any.
        on_start: called once before the first example is asked for.
        on_finish: called when the process ends in peace.
        metrics: returns figures under names that the decorator declares.
    """

    stream: Stream
    update: Callable[[Sequence[Answer]], None] | None = None
    before_save: Callable[[Answer], Answer] | None = None
    validate_answer: Callable[[Answer], str | None] | None = None
    task_router: Callable[[Example, Sequence[UUID]], Sequence[UUID]] | None = None
    on_start: Callable[[], None] | None = None
    on_finish: Callable[[], None] | None = None
    metrics: Callable[[], Mapping[str, float]] | None = None


class Job:
    """What a job recipe sees of its run.

    Args:
        tell: is called with how far the run is.
        output: an empty folder; what lies there at the end is what the job gives.
        add: is called with the id of a dataset and what is to be added to it.
    """

    def __init__(
        self,
        tell: Callable[[int, int | None], None],
        output: Path,
        add: Callable[[UUID, Answered], None] = lambda _dataset, _answered: None,
    ) -> None:
        self._tell = tell
        self._add = add
        self.output = output

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the job is; call it as often as you like."""
        self._tell(done, total)

    def add(self, dataset: Dataset, answered: Answered) -> None:
        """Add an example with its answers to one of the datasets among the job's arguments.

        All that was added is stored when the job ends well, and none of it otherwise. An example
        that the dataset has keeps the answers that it has.
        """
        self._add(dataset.id, answered)
