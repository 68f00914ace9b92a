"""Rings between processes of the worker, through Redis; a lost ring costs time and nothing else."""

from __future__ import annotations

import time
from functools import lru_cache

import redis
import structlog
from django.conf import settings
from redis.client import PubSub

log = structlog.get_logger(__name__)

OUTBOX = "annex:outbox"
"""Rung when there are events to send."""
SLOTS = "annex:slots"
"""Rung when a job has ended, so that the link asks for the next one at once."""
LINE = "annex:line"
"""Rung when the line to the control plane was cut or restored."""


@lru_cache(maxsize=1)
def client() -> redis.Redis:
    """Return this process's Redis client."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def ring(channel: str) -> None:
    """Tell whoever listens that a row has changed; never fails."""
    try:
        client().publish(channel, b"")
    except redis.RedisError:
        log.warning("a wake-up was not delivered", kind=channel)


class Bell:
    """Waits for rings on one channel, for the one thread that made the wait its own."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self._pubsub: PubSub | None = None

    def wait(self, seconds: float) -> bool:
        """Return True at the next ring, False after `seconds`; rings that came together are one."""
        try:
            pubsub = self._subscribed()
            rung = pubsub.get_message(ignore_subscribe_messages=True, timeout=seconds) is not None
            while pubsub.get_message(ignore_subscribe_messages=True, timeout=0.0) is not None:
                continue
        except redis.RedisError:
            self._pubsub = None
            time.sleep(min(seconds, 1.0))
            return False
        return rung

    def _subscribed(self) -> PubSub:
        if self._pubsub is None:
            pubsub: PubSub = redis.Redis.from_url(settings.REDIS_URL).pubsub()  # type: ignore[no-untyped-call]
            pubsub.subscribe(self.channel)
            # The confirmation is the first message; swallow it so that `wait` really waits.
            pubsub.get_message(timeout=1.0)
            self._pubsub = pubsub
        return self._pubsub
