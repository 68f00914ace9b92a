"""How often somebody may try: counted in the cache, in windows."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from common.errors import TooManyRequests


class TriedTooOften(TooManyRequests):
    """The tries of this window are used up."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__()
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True)
class Bound:
    """At most so many tries of one kind by one caller within a window."""

    kind: str
    most: int
    window_seconds: int


ASKED = Bound("device-login", most=30, window_seconds=60)
"""Logins that callers from one address may begin; behind a front door they share its address."""
CODES = Bound("device-code", most=20, window_seconds=600)
"""Codes that one signed-in person may look up: of 29^8 there are."""


def spend(bound: Bound, caller: str) -> None:
    """Count one try. Raises: TriedTooOften, with when to come back."""
    key = f"annex-bound:{bound.kind}:{caller}"
    cache.add(key, 0, timeout=bound.window_seconds)
    try:
        tried = cache.incr(key)
    except ValueError:
        # The window ended between the two; the next one begins.
        tried = 1
    if tried > bound.most:
        raise TriedTooOften(bound.window_seconds)
