"""Start child processes that never outlive us, even after our own crash.

Each child leads its own process group. A *reaper*, a tiny process in a session of its own, holds
the reading end of a pipe and knows the groups; when the pipe closes, for whatever reason, it ends
those that are left. Pipes work on Linux and macOS alike, which parent-death signals do not.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

REAPER = Path(__file__).with_name("reaper.py")


class Reaper:
    """Our end of the pipe. One per process that starts children."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pipe: IO[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def watch(self, group: int, gentle: signal.Signals) -> None:
        """Have the group ended with `gentle`, then SIGKILL, once we are gone."""
        self._write(f"+{group} {int(gentle)}\n")

    def forget(self, group: int) -> None:
        """Drop a group that has ended; its number may be used again by others."""
        self._write(f"-{group}\n")

    def _write(self, line: str) -> None:
        with self._lock:
            if self._pipe is None:
                self._pipe = self._start()
            self._pipe.write(line.encode())
            self._pipe.flush()

    def _start(self) -> IO[bytes]:
        reading, writing = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, str(REAPER)], stdin=reading, start_new_session=True
        )
        os.close(reading)
        return os.fdopen(writing, "wb")


REAPER_OF_THIS_PROCESS = Reaper()


class Child:
    """One running child process and its group."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        log: Path | None = None,
        gentle: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Start `argv`. Its output goes to the end of `log`, or where ours goes without one."""
        self.gentle = gentle
        self._log: IO[bytes] | None = log.open("ab") if log else None
        self.process = subprocess.Popen(
            list(argv),
            env=dict(environment) if environment is not None else None,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT if self._log else None,
            start_new_session=True,
        )
        REAPER_OF_THIS_PROCESS.watch(self.pid, gentle)

    @property
    def pid(self) -> int:
        """The process id, which is also the group's."""
        return self.process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process itself still runs."""
        return self.process.poll() is None

    def stop(self, patience_seconds: float = 10) -> int:
        """End the whole group, gently first, and return the exit status."""
        if self.is_running:
            self.signal(self.gentle)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience_seconds)
        # The leader is gone or stubborn; either way nothing of its group may stay.
        self.signal(signal.SIGKILL)
        status = self.process.wait()
        REAPER_OF_THIS_PROCESS.forget(self.pid)
        if self._log:
            self._log.close()
        return status

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the group; a group that is gone is no error."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)
