"""What is wrong with a recipe, for its author: the message, the place, and the lines around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annex.recipes.local import RecipeFailed

AROUND = 3


@dataclass(frozen=True)
class Fault:
    """A fault of the recipe or its package; `line` is 0 where none is known."""

    message: str
    file: str = ""
    line: int = 0
    traceback: str = ""

    @property
    def excerpt(self) -> list[tuple[int, str]]:
        """The lines around the fault, with their numbers; none when the file cannot be read."""
        if not (self.file and self.line):
            return []
        try:
            lines = Path(self.file).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        first = max(self.line - AROUND, 1)
        return list(enumerate(lines[first - 1 : self.line + AROUND], start=first))

    @property
    def place(self) -> str:
        """File and line as editors and terminals link them."""
        return f"{self.file}:{self.line}" if self.file and self.line else self.file


class Faulty(Exception):
    """The package or its recipe is at fault, as `fault` says."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def fault_of(failed: RecipeFailed) -> Fault:
    """Return what a recipe's process said of its end."""
    said = failed.said
    return Fault(said.message, said.file, said.line, said.traceback)
