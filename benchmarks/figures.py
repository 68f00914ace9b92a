"""What a benchmark measured, beside a reference of the same run, and whether that is enough."""

from __future__ import annotations

import dataclasses
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

WRITE_TO = "ANNEX_BENCH_WRITE"
"""Names the file to which a benchmark writes its figures, beside printing them."""


@dataclasses.dataclass(frozen=True)
class Figure:
    """One row of the table. With `low` or `high` it is a gate, else it is reported only.

    The bounds are those of the ratio, ours to the reference's; with `absolute`, and where there
    is no reference, they are those of ours.
    With `goal` they are what we want and do not hold yet: to fall short is printed, and no failure.
    """

    what: str
    ours: float
    unit: str
    reference: float | None = None
    against: str = ""
    low: float | None = None
    high: float | None = None
    goal: bool = False
    absolute: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours as a part of the reference."""
        return None if self.reference is None else self.ours / self.reference

    @property
    def is_bounded(self) -> bool:
        """Whether a verdict is given at all."""
        return self.low is not None or self.high is not None

    @property
    def fails(self) -> bool:
        """Whether a gate does not hold."""
        return not self.goal and not self.holds

    @property
    def holds(self) -> bool:
        """Whether what is bounded lies within its bounds, both included."""
        value = self.ours if self.absolute or self.ratio is None else self.ratio
        too_low = self.low is not None and value < self.low
        return not too_low and not (self.high is not None and value > self.high)

    @property
    def bounds(self) -> str:
        """The bounds in words."""
        words = [f"at least {self.low:g}"] if self.low is not None else []
        words += [f"at most {self.high:g}"] if self.high is not None else []
        if not words:
            return "reported"
        unit = f" {self.unit}" if self.absolute else ""
        return ("goal: " if self.goal else "") + ", ".join(words) + unit

    @property
    def verdict(self) -> str:
        """What the table says of the bounds, in its colour."""
        if not self.is_bounded:
            return ""
        if self.holds:
            return "[green]ok"
        return "[yellow]short" if self.goal else "[red]FAILED"


def finish(figures: Sequence[Figure]) -> int:
    """Print the figures, leave them for `make bench`, return the exit status: 1 below a gate."""
    if target := os.environ.get(WRITE_TO):
        Path(target).write_bytes(orjson.dumps([dataclasses.asdict(each) for each in figures]))
    else:
        print_table(figures)
    return int(any(figure.fails for figure in figures))


def read_figures(path: Path) -> list[Figure]:
    """Read what `finish` wrote."""
    return [Figure(**row) for row in orjson.loads(path.read_bytes())]


def print_table(figures: Sequence[Figure]) -> None:
    """Print one row per figure, with the machine and its load below."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("what", "against"):
        table.add_column(column)
    for column in ("ours", "reference", "ratio"):
        table.add_column(column, justify="right")
    for column in ("gate", "verdict"):
        table.add_column(column)
    for figure in figures:
        table.add_row(*_cells(figure))
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(table)
    console.print(_machine(), style="dim")


def _cells(figure: Figure) -> list[str]:
    return [
        figure.what,
        figure.against,
        f"{_number(figure.ours)} {figure.unit}",
        "" if figure.reference is None else _number(figure.reference),
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        figure.bounds,
        figure.verdict,
    ]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


def _machine() -> str:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{os.cpu_count()} cores, {platform.platform(terse=True)}, load {load}"
