"""Two predictors as one: a mark of the second counts where it overlaps none of the first's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

from worker.predictors.base import Annotation, NamedSpan, Predictor


class CombinedPredictor:
    """Marks what the first finds, and what the second finds elsewhere.

    Args: first, second: both mark spans.
    """

    def __init__(self, first: Predictor, second: Predictor) -> None:
        self._first, self._second = first, second
        self.component = second.component
        self.size_bytes = first.size_bytes + second.size_bytes

    def predict(self, texts: Iterable[str]) -> Iterator[Annotation]:
        """Yield the union of both, without overlaps."""
        one, other = tee(texts)
        pairs = zip(self._first.predict(one), self._second.predict(other), strict=True)
        for decided, proposed in pairs:
            yield Annotation(union(decided.spans, proposed.spans))


def union(decided: Iterable[NamedSpan], proposed: Iterable[NamedSpan]) -> list[NamedSpan]:
    """Return the decided marks and the proposed ones that overlap none of them, sorted."""
    kept = list(decided)
    free = [mark for mark in proposed if not any(_overlap(mark, other) for other in kept)]
    return sorted([*kept, *free])


def _overlap(one: NamedSpan, other: NamedSpan) -> bool:
    return one.start < other.end and other.start < one.end
