"""Both planes on this machine, as separate processes on embedded servers.

The console is on `localhost`, the worker on `127.0.0.1`: two hosts, because cookies ignore ports.
The journeys in a browser and the chaos run start their planes here too.
"""

from __future__ import annotations

import contextlib
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from common.embedded.problems import ServerNotStarted
from common.embedded.supervisor import Supervisor

DEMO_EMAIL = "demo@annex.example"
DEMO_NAME = "Dana Demo"
DEMO_ORGANIZATION = "northwind"
START_SECONDS = 60
CONTROL_PLANE, WORKER = "controlplane", "worker"
MANAGE = (sys.executable, "manage.py")
WORK = (sys.executable, "-m", "worker")
CONTROL_PLANE_PROCESSES = {"console": "web", "poll": "poll", "controlplane-celery": "celery"}


@dataclass(frozen=True)
class Ports:
    """Where the demo's servers listen."""

    console: int = 8000
    poll: int = 8001
    worker: int = 8100

    @classmethod
    def free(cls) -> Ports:
        """Return ports nobody listens on now; for tests that run beside each other."""
        with contextlib.ExitStack() as stack:
            sockets = [stack.enter_context(socket.socket()) for _ in range(3)]
            for each in sockets:
                each.bind(("127.0.0.1", 0))
            return cls(*(each.getsockname()[1] for each in sockets))


@dataclass
class Planes:
    """Start, command and stop both planes below one folder.

    Args:
        settings: further environment variables, such as shorter leases.
        durable: False switches the database's fsync off; for tests.
    """

    folder: Path
    ports: Ports = field(default_factory=Ports)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    settings: Mapping[str, str] = field(default_factory=dict)
    durable: bool = True

    def __post_init__(self) -> None:
        self.console_origin = f"http://localhost:{self.ports.console}"
        self.worker_origin = f"http://127.0.0.1:{self.ports.worker}"
        self.mail = self.folder / "mail"
        self.supervisor = Supervisor(
            self.folder, environment=self.environment(), durable=self.durable
        )

    def environment(self) -> dict[str, str]:
        """Return what both planes' settings read, beside the servers' addresses."""
        return {
            "ANNEX_CONSOLE_ORIGIN": self.console_origin,
            "ANNEX_POLL_ORIGIN": f"http://localhost:{self.ports.poll}",
            "ANNEX_WEB_BIND": f"127.0.0.1:{self.ports.console}",
            "ANNEX_POLL_BIND": f"127.0.0.1:{self.ports.poll}",
            "ANNEX_SECRET_KEY": secrets.token_urlsafe(50),
            "ANNEX_EMAIL_URL": f"file://{self.mail}",
            "ANNEX_BEAT_FILE": str(self.folder / "controlplane" / "beat"),
            "ANNEX_KEYS": str(self.folder / "controlplane" / "keys"),
            "ANNEX_CONTROL_PLANE": self.console_origin,
            "ANNEX_WORKER_ORIGIN": self.worker_origin,
            "ANNEX_WORKER_WEB_BIND": f"127.0.0.1:{self.ports.worker}",
            "ANNEX_WORKER_SECRET_KEY": secrets.token_urlsafe(50),
            "ANNEX_WORKER_FILES": str(self.folder / "worker" / "files"),
            "ANNEX_WORKER_STATE": str(self.folder / "worker" / "state"),
            "ANNEX_WORKER_BEAT_FILE": str(self.folder / "worker" / "beat"),
            "ANNEX_WEB_WORKERS": "1",
            **self.settings,
        }

    def __enter__(self) -> Self:
        """Start the servers, prepare both databases and start every process but the link."""
        self.mail.mkdir(parents=True, exist_ok=True)
        self.supervisor.__enter__()
        try:
            self.prepare()
            self.start()
        except BaseException:
            self.supervisor.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.supervisor.__exit__(kind, raised, trace)

    def prepare(self) -> None:
        """Migrate both databases and create the first person with an organization."""
        self.manage("migrate", "--no-input")
        self.work("django", "migrate", "--no-input")

    def bootstrap(self, *, simulated: int = 0) -> None:
        """Create the demo's person and organization, and simulated annotators on request."""
        self.manage(
            *("bootstrap", "--email", DEMO_EMAIL, "--name", DEMO_NAME),
            *("--organization", "Northwind"),
            ANNEX_BOOTSTRAP_PASSWORD=self.password,
        )
        if simulated:
            self.manage(
                *("simulate_people", "--organization", DEMO_ORGANIZATION),
                *("--count", str(simulated)),
                ANNEX_BOOTSTRAP_PASSWORD=self.password,
            )

    def start(self) -> None:
        """Start both planes' processes and wait until both answer."""
        self.start_control_plane()
        self._start("worker-web", WORKER, [*WORK, "web"])
        self._start("worker-celery", WORKER, [*WORK, "celery"])
        for port in (self.ports.console, self.ports.poll, self.ports.worker):
            wait_for_port(port)

    def start_control_plane(self) -> None:
        """Start the control plane's processes, without waiting."""
        for name, command in CONTROL_PLANE_PROCESSES.items():
            self._start(name, CONTROL_PLANE, [*MANAGE, command])

    def stop_control_plane(self) -> None:
        """Take the control plane away, as an outage does; the cluster's processes stay."""
        for name in CONTROL_PLANE_PROCESSES:
            self.supervisor.stop(name)

    def start_link(self) -> None:
        self._start("link", WORKER, [*WORK, "link", "run"])

    def enrol(self, join_token: str) -> str:
        """Enrol the cluster on the worker's command line; return what it printed."""
        return self.work(
            "link", "enrol", "--url", self.console_origin, "--token", join_token, "--approve"
        )

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a command of the control plane and return its output."""
        return self._run(CONTROL_PLANE, [*MANAGE, *arguments], environment)

    def work(self, *arguments: str, **environment: str) -> str:
        """Run a command of the worker and return its output."""
        return self._run(WORKER, [*WORK, *arguments], environment)

    def simulated_emails(self, count: int) -> list[str]:
        """Return the addresses that `simulate_people` gives."""
        return [f"simulated-{number}@annex.example" for number in range(1, count + 1)]

    def _start(self, name: str, plane: str, argv: Sequence[str]) -> None:
        self.supervisor.start(name, argv, environment=settings_of(plane))

    def _run(self, plane: str, argv: Sequence[str], environment: Mapping[str, str]) -> str:
        done = subprocess.run(
            argv,
            env=self.supervisor.environment | settings_of(plane) | dict(environment),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServerNotStarted(
                f"{' '.join(argv[1:4])} failed: {done.stdout[-2000:]}{done.stderr[-4000:]}"
            )
        return done.stdout


def settings_of(plane: str) -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": f"{plane}.settings.demo"}


def wait_for_port(port: int, seconds: float = START_SECONDS) -> None:
    """Wait until somebody listens. Raises: ServerNotStarted."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        time.sleep(0.1)
    raise ServerNotStarted(f"nothing listens on port {port} after {seconds:.0f} s")
