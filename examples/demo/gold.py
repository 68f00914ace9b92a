"""What the demo works on: rows to annotate, rows held back, the gold the annotators know."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from examples.demo.annotators import Gold
from examples.demo.paragraphs import LABELS, demo_paragraphs, folded, unseen_paragraphs

Row = dict[str, Any]
RULES = Path(__file__).with_name("rules.jsonl")
TO_ANNOTATE, HELD_BACK, UNSEEN, ANSWERS = 3000, 500, 300, 1200
MOST_ANSWERS = 1500
STEPS = 1000
"""Enough for the curve's shape in the minutes of a demo; the recipe's own patience goes further."""


@dataclass(frozen=True)
class Material:
    """One run's input. `rows` and `held_back` are rows of Prodigy's format, with gold spans.

    `unseen` is a second set held back, of another kind than what is annotated, or empty.
    `max_steps` ends a training early; None leaves it to the recipe's own patience.
    """

    title: str
    labels: tuple[str, ...]
    rows: list[Row]
    held_back: list[Row]
    rules: list[Row]
    answers: int
    max_steps: int | None = None
    unseen: list[Row] = field(default_factory=list)

    @property
    def gold(self) -> Gold:
        return {row["text"]: spans_of(row) for row in self.rows}


def spans_of(row: Row) -> list[tuple[int, int, str]]:
    return [(span["start"], span["end"], span["label"]) for span in row.get("spans") or ()]


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_rows(path: Path, rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def documentation_material() -> Material:
    """Return botocore's labelled paragraphs: 3,000 to annotate, 500 held back, 300 of services that
    are not annotated, committed rules.
    """
    rows, held_back = demo_paragraphs(TO_ANNOTATE, HELD_BACK)
    return Material(
        title="API documentation",
        labels=LABELS,
        rows=[paragraph.as_row() for paragraph in rows],
        held_back=[paragraph.as_row() for paragraph in held_back],
        rules=read_rows(RULES),
        answers=ANSWERS,
        max_steps=STEPS,
        unseen=[paragraph.as_row() for paragraph in unseen_paragraphs(UNSEEN)],
    )


def file_material(
    data: Path, evaluation: Path, labels: tuple[str, ...], patterns: Path | None
) -> Material:
    """Return any Prodigy-format NER files as the demo's material.

    Accepted rows only; a row whose folded text is held back is left out of the training side.
    """
    held_back = accepted(read_rows(evaluation), labels)
    kept_apart = {folded(row["text"]) for row in held_back}
    rows = [
        row for row in accepted(read_rows(data), labels) if folded(row["text"]) not in kept_apart
    ]
    distinct = list({row["text"]: row for row in rows}.values())
    return Material(
        title=data.stem,
        labels=labels,
        rows=distinct,
        held_back=list({row["text"]: row for row in held_back}.values()),
        rules=read_rows(patterns) if patterns else [],
        answers=min(len(distinct), MOST_ANSWERS),
        max_steps=STEPS,
    )


def accepted(rows: list[Row], labels: tuple[str, ...]) -> list[Row]:
    """Return the accepted rows, with only the spans of the given labels."""
    return [
        {
            "text": row["text"],
            "answer": "accept",
            "spans": [
                {"start": span["start"], "end": span["end"], "label": span["label"]}
                for span in row.get("spans") or ()
                if span["label"] in labels
            ],
        }
        for row in rows
        if row.get("answer", "accept") == "accept"
    ]
