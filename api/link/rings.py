"""One Redis subscription per process, handed on to the polls that wait for its rings."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import redis.asyncio as redis
import structlog

from controlplane.clusters.wakeups import CHANNEL_PREFIX

log = structlog.get_logger(__name__)
RECONNECT_SECONDS = 1.0


class Rings:
    """Who waits for which cluster; started by the first waiter in its event loop."""

    def __init__(self, redis_url: str) -> None:
        self.redis_url = redis_url
        self.waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.listener: asyncio.Task[None] | None = None

    @contextmanager
    def listen(self, cluster_id: UUID) -> Iterator[asyncio.Event]:
        """Yield an event that is set at each ring for the cluster."""
        if self.listener is None or self.listener.done():
            self.listener = asyncio.create_task(self._listen_forever())
        rung = asyncio.Event()
        waiting = self.waiting[str(cluster_id)]
        waiting.add(rung)
        try:
            yield rung
        finally:
            waiting.discard(rung)
            if not waiting:
                self.waiting.pop(str(cluster_id), None)

    async def _listen_forever(self) -> None:
        while True:
            try:
                await self._listen()
            except (redis.RedisError, OSError):
                log.warning("the wake-ups of the long poll are interrupted")
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self) -> None:
        async with redis.Redis.from_url(self.redis_url) as client, client.pubsub() as pubsub:
            await pubsub.psubscribe(f"{CHANNEL_PREFIX}*")
            self._ring_all()  # Rings may have been lost while nobody listened.
            async for message in pubsub.listen():
                if message["type"] == "pmessage":
                    self._ring(message["channel"].decode().removeprefix(CHANNEL_PREFIX))

    def _ring(self, cluster_id: str) -> None:
        for rung in self.waiting.get(cluster_id, ()):
            rung.set()

    def _ring_all(self) -> None:
        for cluster_id in list(self.waiting):
            self._ring(cluster_id)
