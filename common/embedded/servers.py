"""All embedded servers of one folder, started and stopped together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from common.embedded.addresses import Addresses
from common.embedded.postgres import EmbeddedPostgres
from common.embedded.redis import EmbeddedRedis
from common.embedded.roles import PLANES, provision


class EmbeddedServers:
    """PostgreSQL with both planes' databases and roles, and one Redis per plane."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.addresses = Addresses(folder.absolute())
        self.postgres = EmbeddedPostgres(self.addresses, durable=durable)
        self.redis = [EmbeddedRedis(self.addresses, plane.name) for plane in PLANES]

    def start(self) -> dict[str, str]:
        """Start everything and return the environment that both planes' settings read."""
        self.addresses.folder.mkdir(parents=True, exist_ok=True)
        self.addresses.sockets.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Side by side: PostgreSQL needs about a second, Redis a tenth.
        with ThreadPoolExecutor() as pool:
            for started in [pool.submit(server.start) for server in self._all()]:
                started.result()
        provision(
            self.postgres.superuser_url(),
            {plane.name: self.postgres.superuser_url(plane.database) for plane in PLANES},
        )
        return self.addresses.environment()

    def stop(self) -> None:
        """Stop everything, in the reverse order."""
        for server in reversed(self._all()):
            server.stop()

    def _all(self) -> list[EmbeddedPostgres | EmbeddedRedis]:
        return [self.postgres, *self.redis]

    def __enter__(self) -> EmbeddedServers:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
