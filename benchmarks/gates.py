"""Figures with bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Gate:
    """One figure that must lie between two bounds, both included."""

    name: str
    value: float
    low: float = -math.inf
    high: float = math.inf

    @property
    def holds(self) -> bool:
        """Whether the figure lies within its bounds."""
        return self.low <= self.value <= self.high

    def __str__(self) -> str:
        bounds = [f"at least {self.low:g}"] if self.low > -math.inf else []
        bounds += [f"at most {self.high:g}"] if self.high < math.inf else []
        verdict = "ok" if self.holds else "FAILED"
        return f"{verdict:<7}{self.name}: {self.value:.2f} ({', '.join(bounds)})"


def finish(gates: Sequence[Gate]) -> int:
    """Print the gates and return the exit status: 0 when all hold, else 1."""
    for gate in gates:
        print(gate)
    return 0 if all(gate.holds for gate in gates) else 1
