"""Waiting between tries: full jitter, so that a thousand clusters do not come back at once."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 60.0


@dataclass
class Backoff:
    """Doubles the ceiling with each failure, from 1 to 60 s, and waits a random part of it.

    Source: "Exponential Backoff And Jitter", AWS Architecture Blog (full jitter).
    """

    first_seconds: float = FIRST_SECONDS
    longest_seconds: float = LONGEST_SECONDS
    failures: int = 0
    random: random.Random = field(default_factory=random.SystemRandom)

    def failed(self, retry_after_seconds: float | None = None) -> float:
        """Count a failure and return how long to wait; what the server asked for is the least."""
        ceiling = min(self.longest_seconds, self.first_seconds * 2.0**self.failures)
        self.failures = min(self.failures + 1, 16)
        return max(retry_after_seconds or 0.0, self.random.uniform(0.0, ceiling))

    def succeeded(self) -> None:
        """Forget the failures."""
        self.failures = 0
