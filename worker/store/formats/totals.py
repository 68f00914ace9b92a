"""What a writer did, and what its format could not hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worker.store.exports import ExportedAnswer

MAX_LISTED = 50
"""Of each reason; all are counted."""
SHOWN_CODEPOINTS = 120


class Lack(StrEnum):
    """What is missing of an answer in the file, or why all of it is."""

    VERDICT = "verdict"
    UNMARKED = "unmarked"
    SPAN_EDGES = "span_edges"
    OVERLAP = "overlap"
    CHOICES = "choices"
    RELATIONS = "relations"
    WRITTEN = "written"
    PICKED = "picked"
    NOTE = "note"
    META = "meta"

    @property
    def leaves_out(self) -> bool:
        """Whether the answer is not in the file at all."""
        return self not in {Lack.CHOICES, Lack.RELATIONS, Lack.NOTE, Lack.META}


def reply_lacking(answer: ExportedAnswer) -> Lack | None:
    """Return which reply without a label an answer is; only the first formats have room for one."""
    if answer.written is not None:
        return Lack.WRITTEN
    return Lack.PICKED if answer.options else None


@dataclass
class Lacking:
    """One reason: how many answers it concerns, and how the first of their texts begin."""

    lack: Lack
    count: int = 0
    texts: list[str] = field(default_factory=list)


@dataclass
class Exported:
    """`not_expressible` counts answers that the format cannot hold, `lacking` says why."""

    written: int = 0
    not_expressible: int = 0
    lacking: dict[Lack, Lacking] = field(default_factory=dict)

    def note(self, lack: Lack, answer: ExportedAnswer) -> None:
        """Count what is missing of an answer, and keep its text while there is room."""
        entry = self.lacking.setdefault(lack, Lacking(lack))
        entry.count += 1
        self.not_expressible += lack.leaves_out
        if len(entry.texts) < MAX_LISTED:
            entry.texts.append(answer.text[:SHOWN_CODEPOINTS])
