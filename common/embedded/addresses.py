"""Where the embedded servers of one folder listen, known before they are started."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SOCKET_PATH_LIMIT: Final = 100
"""Longest socket path in bytes, a little under the kernel's 104 (macOS) or 108 (Linux)."""

CONTROLPLANE_DATABASE: Final = "annex_controlplane"
WORKER_DATABASE: Final = "annex_worker"


@dataclass(frozen=True)
class Addresses:
    """Names every socket and URL below one data folder.

    `suffix` is appended to database names and `redis_database` numbers the Redis database, so
    that parallel test processes share servers without sharing data.
    """

    folder: Path
    suffix: str = ""
    redis_database: int = 0

    @property
    def sockets(self) -> Path:
        """The folder of the sockets: inside `folder`, or a temporary one if that is too deep."""
        inside = self.folder / "sockets"
        if len(bytes(inside)) + len("/.s.PGSQL.5432.lock") <= SOCKET_PATH_LIMIT:
            return inside
        digest = hashlib.sha256(bytes(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"annex-{digest}"

    def database_url(self, role: str, database: str) -> str:
        """Return a libpq URL over the unix socket."""
        return f"postgresql://{role}@/{database}?host={self.sockets / 'postgres'}"

    def redis_socket(self, plane: str) -> Path:
        """Return the socket of a plane's Redis."""
        return self.sockets / f"redis-{plane}.sock"

    def redis_url(self, plane: str) -> str:
        """Return the redis-py URL of a plane's Redis."""
        return f"unix://{self.redis_socket(plane)}?db={self.redis_database}"

    def environment(self) -> dict[str, str]:
        """Return the variables from which both planes' settings read these addresses."""
        controlplane = CONTROLPLANE_DATABASE + self.suffix
        worker = WORKER_DATABASE + self.suffix
        return {
            "ANNEX_DATABASE_URL": self.database_url("annex_app", controlplane),
            "ANNEX_OWNER_DATABASE_URL": self.database_url("annex_owner", controlplane),
            "ANNEX_REDIS_URL": self.redis_url("controlplane"),
            "ANNEX_WORKER_DATABASE_URL": self.database_url("annex_worker", worker),
            "ANNEX_WORKER_OWNER_DATABASE_URL": self.database_url("annex_worker_owner", worker),
            "ANNEX_LINK_DATABASE_URL": self.database_url("annex_link", worker),
            "ANNEX_WORKER_REDIS_URL": self.redis_url("worker"),
        }
