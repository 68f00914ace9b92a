"""The one contract of whatever turns text into annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from annex.contract.enums import Component


class NamedSpan(NamedTuple):
    """A mark with its label's name; code points, end excluded."""

    start: int
    end: int
    label: str


class Arc(NamedTuple):
    """A part of a text and the part that it hangs from; code points, ends excluded.

    What hangs from nothing has itself as its head.
    """

    start: int
    end: int
    head_start: int
    head_end: int
    label: str

    @property
    def is_root(self) -> bool:
        """Whether it hangs from nothing."""
        return (self.start, self.end) == (self.head_start, self.head_end)


class Annotation(NamedTuple):
    """What a predictor says of one text.

    `spans` are sorted by start, none overlapping unless under `spancat`; `choices` are the names
    of the labels that it chooses for the whole text, `scores` how sure it is of every label, from
    0 to 1. `arcs` are sorted, one for a part at most.
    """

    spans: Sequence[NamedSpan] = ()
    choices: Sequence[str] = ()
    scores: Mapping[str, float] = {}
    arcs: Sequence[Arc] = ()


class Predictor(Protocol):
    """Turns texts into annotations, in order, one for each text."""

    @property
    def component(self) -> Component:
        """What it predicts."""

    @property
    def size_bytes(self) -> int:
        """What it takes on disk."""

    def predict(self, texts: Iterable[str]) -> Iterator[Annotation]:
        """Yield what there is to say of each text; streams."""
