"""The streams that several built-in recipes share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from annex.recipes import Answered, Dataset, Example, Labels, Model, Resume

from worker.builtin.predicting import Load, Said, load_model, predict
from worker.builtin.sources import batches, place_of, walk

Resumable: TypeAlias = Callable[[Resume], Iterable[Example]]


def in_order(
    source: Dataset | None, labels: Labels, load: Load | None = None, seed: int | None = None
) -> Resumable:
    """Return the stream of a dataset's examples, each with what a predictor says of it.

    Args: load: gives the predictor once the stream begins; without one nothing is suggested.
    """

    def stream(resume: Resume) -> Iterator[Example]:
        if source is None:
            return
        predictor = load() if load else None
        for place, each, said in predict(predictor, labels, walk(source, seed, resume)):
            yield suggested(each, said, place)

    return stream


def least_sure_first(source: Dataset, model: Model, labels: Labels, pool: int) -> Resumable:
    """Return the stream of a dataset's examples, of each `pool` those first that the model is
    least sure of.
    """

    def stream(resume: Resume) -> Iterator[Example]:
        done = place_of(resume)
        began, given = done - done % pool, done % pool
        predictor = load_model(model)
        for members in batches(source.read(began), pool):
            doubts = list(predictor.doubts(each.text for each in members))
            order = sorted(range(len(members)), key=lambda at: (-doubts[at], at))
            chosen = ((began + at + 1, members[order[at]]) for at in range(given, len(members)))
            for place, each, said in predict(predictor, labels, chosen):
                yield suggested(each, said, place)
            began, given = began + pool, 0

    return stream


def suggested(each: Answered, said: Said | None, place: int) -> Example:
    """Return an example of a dataset with what was said of it. Args: place: to go on after it."""
    if said is None:
        return Example(each.text, each.meta, state=place)
    return Example(each.text, each.meta, state=place, spans=said.spans, choices=said.choices)
