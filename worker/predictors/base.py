"""The one contract of whatever turns text into annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol


class NamedSpan(NamedTuple):
    """A mark with its label's name; code points, end excluded."""

    start: int
    end: int
    label: str


class Predictor(Protocol):
    """Turns texts into annotations, in order, one list for each text."""

    @property
    def size_bytes(self) -> int:
        """What it takes on disk."""

    def predict(self, texts: Iterable[str]) -> Iterator[list[NamedSpan]]:
        """Yield the marks of each text, sorted by start, none overlapping; streams."""
