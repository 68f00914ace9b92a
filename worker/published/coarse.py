"""How far a published job is, told so roughly that nothing can be spelled with it.

A recipe chooses the numbers that it says and when it says them, and they cross to the control
plane. So only tenths cross, each higher than the one before, in minutes of the clock: whatever a
recipe does, an hour of it tells less than `MOST_BITS`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

TENTHS = 10
PAUSE_SECONDS = 60.0
MOST_BITS = 64


class CoarseProgress:
    """Passes progress on in rising tenths, at most one of them a minute."""

    def __init__(
        self,
        tell: Callable[[int, int | None], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._clock = clock
        self._began = clock()
        self._tenth = -1
        self._minute = -1

    def tell(self, done: int, total: int | None) -> None:
        """Say how far the recipe is; nothing crosses unless it is a tenth further."""
        tenth = min(TENTHS, TENTHS * done // total) if total else 0
        minute = int((self._clock() - self._began) // PAUSE_SECONDS)
        if tenth <= self._tenth or minute <= self._minute:
            return
        self._tenth, self._minute = tenth, minute
        self._tell(tenth, TENTHS)


def bits_in(minutes: int) -> float:
    """Return how much a recipe can tell with its progress in so many minutes, at the very most.

    It chooses in which minutes it says something, and which tenths: as many of one as of the other.
    """
    ways = sum(
        math.comb(minutes, said) * math.comb(TENTHS + 1, said)
        for said in range(min(minutes, TENTHS + 1) + 1)
    )
    return math.log2(ways)
