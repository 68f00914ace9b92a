"""Labels typed by name, as a project's scheme would have them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

COLOURS = (
    "#2f6fdf",
    "#c2410c",
    "#15803d",
    "#9333ea",
    "#b91c5c",
    "#0e7490",
    "#a16207",
    "#4d5bd1",
    "#be123c",
    "#3f6212",
    "#7c3aed",
    "#0f766e",
)
KEYS = "1234567890qweryuiopashklvbn"
"""Colours and keys are given in the control plane's order; a test compares."""

NAMESPACE = UUID("5e1f4c3a-0d52-4a3e-9f67-6d1c8f0c2b11")


@dataclass(frozen=True)
class Label:
    """One label as the annotation app shows it."""

    id: UUID
    name: str
    colour: str
    key: str


def labels_for(names: Iterable[str]) -> list[Label]:
    """Return labels for names, in order, each once; a name has the same id every time."""
    clean = dict.fromkeys(name.strip() for name in names if name.strip())
    return [
        Label(
            id=uuid5(NAMESPACE, name),
            name=name,
            colour=COLOURS[position % len(COLOURS)],
            key=KEYS[position] if position < len(KEYS) else "",
        )
        for position, name in enumerate(clean)
    ]
