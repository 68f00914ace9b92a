"""Tells open pages that there is something new to show."""

from __future__ import annotations

from threading import Condition

WAIT_SECONDS = 25.0


class News:
    """A number that grows, and whoever waits for it to."""

    def __init__(self) -> None:
        self.generation = 0
        self._grown = Condition()
        self._over = False

    def announce(self) -> None:
        """Wake all who wait."""
        with self._grown:
            self.generation += 1
            self._grown.notify_all()

    def wait(self, after: int, seconds: float = WAIT_SECONDS) -> int:
        """Return the number once it is another than `after`, or as it is when the time is over."""
        with self._grown:
            self._grown.wait_for(lambda: self._over or self.generation != after, seconds)
            return self.generation

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._grown:
            self._over = True
            self._grown.notify_all()
