"""Walks through a dataset, in its order or a seeded one."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import Annotated, TypeAlias, TypeVar

from annex.recipes import Answer, Answered, Dataset, Ge, Le, Resume, Span

T = TypeVar("T")
Seed: TypeAlias = Annotated[int, Ge(0), Le(2**31 - 1)]


def walk(source: Dataset, seed: int | None, resume: Resume) -> Iterator[tuple[int, Answered]]:
    """Yield the examples from where a stream stopped, each with the place to go on after it.

    The place is the example's number in that order; a stream gives it as its `state`.
    """
    done = place_of(resume)
    rest = source.read(done) if seed is None else shuffled(source, seed, done)
    yield from enumerate(rest, start=done + 1)


def place_of(resume: Resume) -> int:
    """Return how many examples of its order a stream is through with."""
    return resume.state if isinstance(resume.state, int) else 0


def shuffled(source: Dataset, seed: int, skip: int = 0) -> Iterator[Answered]:
    """Yield the examples in an order that the seed decides; keeps eight bytes of each."""
    with source.path.open("rb") as file:
        starts = array("Q", accumulate((len(line) for line in file), initial=0))[:-1]
        random.Random(seed).shuffle(starts)  # noqa: S311  an order, not a secret
        for start in starts[skip:]:
            yield source.read_at(start)


def count(source: Dataset) -> int:
    """Return how many examples a dataset has."""
    with source.path.open("rb") as file:
        return sum(1 for _ in file)


def accepted(answered: Answered) -> list[Answer]:
    """Return the answers that say what is right, the oldest first."""
    return [answer for answer in answered.answers if answer.verdict == "accept"]


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in the order of the text; of those that overlap the first given stays."""
    taken: list[Span] = []
    for span in spans:
        if all(span.end <= other.start or other.end <= span.start for other in taken):
            taken.append(span)
    return sorted(taken, key=lambda span: span.start)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most so many."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
