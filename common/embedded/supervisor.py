"""Keep the embedded servers and the planes' processes running below one folder.

Used by the demo, the journeys in a browser and the chaos run. A process that dies is started
again, at once the first time and more slowly if it keeps dying. Leaving the `with` block, or a
crash of this process, ends everything.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final

from common.embedded.problems import ServerNotStarted
from common.embedded.processes import Child
from common.embedded.servers import EmbeddedServers

LOOK_SECONDS: Final = 0.2
LONGEST_PAUSE_SECONDS: Final = 30.0
STEADY_SECONDS: Final = 60.0


@dataclass
class Managed:
    """A named process that is to stay up."""

    name: str
    argv: tuple[str, ...]
    environment: dict[str, str]
    restart: bool
    child: Child
    started_at: float
    restarts: int = 0
    quick_deaths: int = 0
    due_at: float | None = field(default=None)

    def plan_restart(self, now: float) -> None:
        """Decide when to start again: twice the pause for each death in quick succession."""
        is_steady = now - self.started_at > STEADY_SECONDS
        self.quick_deaths = 0 if is_steady else self.quick_deaths + 1
        pause = 0.0 if self.quick_deaths <= 1 else 0.5 * 2 ** (self.quick_deaths - 2)
        self.due_at = now + min(pause, LONGEST_PAUSE_SECONDS)


class Supervisor:
    """Own the servers and processes of one folder.

    Args:
        folder: data of the servers, and `logs/<name>.log` of each process.
        environment: added to this process's environment and to the servers' addresses.
        durable: False switches the database's fsync off; for tests.
    """

    def __init__(
        self, folder: Path, *, environment: Mapping[str, str] | None = None, durable: bool = True
    ) -> None:
        self.folder = folder.absolute()
        self.servers = EmbeddedServers(self.folder, durable=durable)
        self.environment = {
            **os.environ,
            **self.servers.addresses.environment(),
            **(environment or {}),
        }
        self._managed: dict[str, Managed] = {}
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def __enter__(self) -> Supervisor:
        """Start the servers and the watch. Raises: ServerNotStarted (ours)."""
        self.log_path("").parent.mkdir(parents=True, exist_ok=True)
        self.servers.__enter__()
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the processes, then the servers."""
        self._closing.set()
        self._watcher.join()
        # All are asked at once: Celery alone takes five seconds to hand its messages back.
        for managed in reversed(self._managed.values()):
            managed.child.signal(managed.child.gentle)
        for name in reversed(list(self._managed)):
            self.stop(name)
        self.servers.stop()

    def start(
        self,
        name: str,
        argv: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        restart: bool = True,
    ) -> Child:
        """Start a process under a name and keep it up; its output goes to its log."""
        merged = self.environment | dict(environment or {})
        with self._lock:
            if name in self._managed:
                raise ValueError(f"{name} is already managed")
            child = self._spawn(name, argv, merged)
            self._managed[name] = Managed(
                name, tuple(argv), merged, restart, child, time.monotonic()
            )
        return child

    def stop(self, name: str, patience_seconds: float = 10) -> None:
        """Stop a process for good."""
        with self._lock:
            managed = self._managed.pop(name)
        managed.child.stop(patience_seconds)

    def run(self, name: str, argv: Sequence[str], **environment: str) -> None:
        """Run a command to its end. Raises: ServerNotStarted (ours) with its last lines."""
        child = self._spawn(name, argv, self.environment | environment)
        try:
            status = child.process.wait()
        finally:
            child.stop()
        if status:
            raise ServerNotStarted(f"{name} failed ({status}): {self.last_lines(name)}")

    def child(self, name: str) -> Child:
        """Return the present process of a name."""
        with self._lock:
            return self._managed[name].child

    def restarts(self, name: str) -> int:
        """Return how often a process has been started again."""
        with self._lock:
            return self._managed[name].restarts

    def log_path(self, name: str) -> Path:
        """Return the log of a process."""
        return self.folder / "logs" / f"{name}.log"

    def last_lines(self, name: str, count: int = 15) -> str:
        """Return the end of a log."""
        with contextlib.suppress(OSError):
            return "\n".join(self.log_path(name).read_text(errors="replace").splitlines()[-count:])
        return ""

    def _spawn(self, name: str, argv: Sequence[str], environment: Mapping[str, str]) -> Child:
        return Child(argv, environment=environment, log=self.log_path(name))

    def _watch(self) -> None:
        while not self._closing.wait(LOOK_SECONDS):
            with self._lock:
                for managed in list(self._managed.values()):
                    self._look_at(managed, time.monotonic())

    def _look_at(self, managed: Managed, now: float) -> None:
        if managed.child.is_running or not managed.restart:
            return
        if managed.due_at is None:
            managed.child.stop()  # ends what is left of the group
            managed.plan_restart(now)
        if managed.due_at is not None and now >= managed.due_at:
            managed.child = self._spawn(managed.name, managed.argv, managed.environment)
            managed.started_at, managed.due_at = now, None
            managed.restarts += 1
