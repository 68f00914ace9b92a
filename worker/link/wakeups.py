"""Rings between processes of the worker, through Redis; a lost ring costs time and nothing else."""

from __future__ import annotations

from functools import lru_cache

import redis
import structlog
from django.conf import settings

log = structlog.get_logger(__name__)

OUTBOX = "annex:outbox"
"""Rung when there are events to send."""
SLOTS = "annex:slots"
"""Rung when a job has ended, so that the link asks for the next one at once."""


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
