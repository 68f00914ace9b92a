"""Small texts that differ, with one marked name each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

LABEL = "OPERATION"
LETTERS = "abcdefghijklmnoprstuvw"
WORDS = 8


def answered_rows(name: str, count: int) -> list[dict[str, Any]]:
    """Return rows of Prodigy's format with a span and an accepted answer."""
    return [
        {"text": text, "spans": [{"start": 0, "end": end, "label": LABEL}], "answer": "accept"}
        for text, end in _sentences(name, count)
    ]


def plain_rows(name: str, count: int) -> list[dict[str, Any]]:
    """Return rows that are still to be annotated."""
    return [{"text": text} for text, _ in _sentences(name, count)]


def _sentences(name: str, count: int) -> Iterator[tuple[str, int]]:
    chance = random.Random(name)
    for _ in range(count):
        first, *others = ("".join(chance.choices(LETTERS, k=6)) for _ in range(WORDS))
        operation = f"Get{first.title()}"
        yield f"{operation} {' '.join(others)}.", len(operation)
