"""What a writer did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exported:
    """`not_expressible` counts answers that the format cannot hold."""

    written: int
    not_expressible: int
