"""Rings for waiting long polls, through Redis; a lost ring costs seconds and nothing else."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

import redis
import structlog
from django.conf import settings
from django.db import transaction

log = structlog.get_logger(__name__)

CHANNEL_PREFIX = "annex:wake:"


@lru_cache(maxsize=1)
def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def wake(cluster_id: UUID) -> None:
    """Let the cluster's waiting poll look again once the caller's transaction is committed."""
    transaction.on_commit(lambda: _publish(cluster_id), robust=True)


def _publish(cluster_id: UUID) -> None:
    try:
        _client().publish(f"{CHANNEL_PREFIX}{cluster_id}", b"")
    except redis.RedisError:
        log.warning("a wake-up was not delivered", cluster=str(cluster_id))
