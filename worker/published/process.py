"""A recipe's own process, behind a fence, and the lines that the worker says to it and hears."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pydantic
from annex.contract import process as p
from django.conf import settings

from worker.published import fence
from worker.published.failures import FailureKind, RecipeFailed

S = TypeVar("S", bound=pydantic.BaseModel)

READ_BYTES = 1024 * 1024
OUTPUT_BYTES = 16_384
FILES_AT_ONCE = 256
END_SECONDS = 2.0
SCRATCH = "scratch-"


def scratch_root() -> Path:
    """Return the folder of all processes' scratch folders; it exists."""
    root = Path(settings.LOCAL_FOLDER) / "recipes"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


class Scratch:
    """A folder that one process may write, and where it finds what it was given; gone at the end.

    It is locked while its maker lives, so that the sweeper finds those of makers that were killed.
    """

    def __init__(self) -> None:
        # The sweeper looks for folders named after their kind, and must not find one unlocked.
        new = Path(tempfile.mkdtemp(prefix="new-", dir=scratch_root()))
        self._lock = os.open(new, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self.folder = new.replace(new.with_name(new.name.replace("new-", SCRATCH, 1)))

    def remove(self) -> None:
        """Remove the folder with everything in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)


def remove_abandoned_scratch() -> None:
    """Remove the scratch folders whose makers are no more, on whatever machine they ran."""
    for folder in scratch_root().glob(f"{SCRATCH}*/"):
        with contextlib.suppress(OSError):
            lock = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)


def fenced_command(
    argv: list[str], *, readable: list[Path], writable: list[Path], limits: dict[str, int]
) -> list[str]:
    """Return the command line that fences a process in before it becomes `argv`."""
    plan: dict[str, Any] = {
        "argv": argv,
        "readable": [sys.base_prefix, *(str(path) for path in readable)],
        "writable": [str(path) for path in writable],
        "limits": limits,
        "insist": not settings.RECIPES_UNFENCED,
        "parent": os.getpid(),
    }
    return [sys.executable, "-I", "-S", str(Path(fence.__file__)), json.dumps(plan)]


def recipe_limits() -> dict[str, int]:
    """Return the limits of a recipe's process, for `fence.limit`."""
    return {
        "AS": settings.RECIPE_MEMORY_BYTES,
        "CPU": settings.RECIPE_CPU_SECONDS,
        "FSIZE": settings.RECIPE_FILE_BYTES,
        "NOFILE": FILES_AT_ONCE,
        "NPROC": settings.RECIPE_PROCESSES,
        "CORE": 0,
    }


def bare_environment(home: Path) -> dict[str, str]:
    """Return all that a fenced process gets of an environment."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "TMPDIR": str(home),
    }


_starters: dict[int, ThreadPoolExecutor] = {}
"""By process: a fork brings its parent's, without the thread."""


def _start(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a process from a thread that stays.

    The kernel takes the thread that started a process for its parent, and kills the process when
    that thread ends; the threads of a web server come and go.
    """

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, text=False, **options)

    if threading.current_thread() is threading.main_thread():
        return start()
    starter = _starters.setdefault(os.getpid(), ThreadPoolExecutor(1, "recipes"))
    return starter.submit(start).result()


class RecipeProcess:
    """A started process of a recipe. One thread at a time may ask; `end` must be called.

    Args:
        command: serves the package's recipes, given its name and two descriptors.
        readable: what such a process reads.
        scratch: its working folder and home; removed at the end.
    """

    def __init__(
        self, command: list[str], readable: list[Path], package: str, scratch: Scratch
    ) -> None:
        self._scratch = scratch
        self._output = tempfile.TemporaryFile(dir=scratch_root())  # noqa: SIM115 - closed in `end`
        self._heard = b""
        hears, self._asks = os.pipe()
        self._says, speaks = os.pipe()
        os.set_blocking(self._asks, False)
        try:
            self._process = _start(
                fenced_command(
                    [*command, package, str(hears), str(speaks)],
                    readable=readable,
                    writable=[scratch.folder],
                    limits=recipe_limits(),
                ),
                env=bare_environment(scratch.folder),
                cwd=scratch.folder,
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=subprocess.STDOUT,
                pass_fds=(hears, speaks),
                start_new_session=True,
            )
        finally:
            os.close(hears)
            os.close(speaks)

    @property
    def process_id(self) -> int:
        """The process's id, which is also that of its group."""
        return self._process.pid

    def ask(self, ask: p.Ask, expected: type[S], *, seconds: float) -> S:
        """Say a line and return what the process answers within the time.

        Raises: RecipeFailed, after which the process is good for nothing but `end`.
        """
        until = time.monotonic() + seconds
        self.tell(ask, seconds=seconds)
        said = self.hear(seconds=until - time.monotonic())
        if not isinstance(said, expected):
            raise self._failed(FailureKind.GARBAGE, "It answered something else than was asked.")
        return said

    def tell(self, ask: p.Ask, *, seconds: float) -> None:
        """Say a line whose answers are heard one by one. Raises: RecipeFailed."""
        self._write(ask.model_dump_json().encode() + b"\n", time.monotonic() + seconds)

    def is_heard(self, seconds: float) -> bool:
        """Wait at most so long for something to be said, and return whether it was."""
        if b"\n" in self._heard:
            return True
        poll = select.poll()
        poll.register(self._says, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def hear(self, *, seconds: float) -> p.Say:
        """Return the next line that is said. Raises: RecipeFailed."""
        said = self._understand(self._read_line(time.monotonic() + seconds))
        if isinstance(said, p.Failed):
            raise RecipeFailed(
                FailureKind.RAISED,
                message=said.message,
                traceback=said.traceback,
                output=self.output(),
            )
        return said

    @property
    def folder(self) -> Path:
        """The process's working folder."""
        return self._scratch.folder

    def halt(self) -> None:
        """Kill the process and whatever it has started, and leave what it wrote."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Let the recipe finish in peace if it can, and end the process."""
        with contextlib.suppress(RecipeFailed):
            self.ask(p.Stop(), p.Finished, seconds=END_SECONDS)
        self.end()

    def end(self) -> None:
        """Kill the process and whatever it has started; remove what it wrote. May be repeated."""
        if self._output.closed:
            return
        self.halt()
        for descriptor in (self._asks, self._says):
            os.close(descriptor)
        self._output.close()
        self._scratch.remove()

    def output(self) -> str:
        """Return the end of what the process printed."""
        size = os.fstat(self._output.fileno()).st_size
        data = os.pread(self._output.fileno(), OUTPUT_BYTES, max(0, size - OUTPUT_BYTES))
        return data.decode("utf-8", "replace").replace("\0", "")

    def _understand(self, line: bytes) -> p.Say:
        try:
            return p.SAYS.validate_json(line)
        except pydantic.ValidationError:
            # Without a `from`: the error quotes the line.
            raise self._failed(FailureKind.GARBAGE, "It said a line that is no message.") from None

    def _write(self, line: bytes, until: float) -> None:
        left = memoryview(line)
        while left:
            self._wait(self._asks, select.POLLOUT, until)
            try:
                left = left[os.write(self._asks, left) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise self._exited() from None

    def _read_line(self, until: float) -> bytes:
        chunks, size = [self._heard], len(self._heard)
        while b"\n" not in chunks[-1]:
            if size > p.MAX_LINE_BYTES:
                raise self._failed(FailureKind.TOO_LONG, "It said a line that is too long.")
            self._wait(self._says, select.POLLIN, until)
            chunk = os.read(self._says, READ_BYTES)
            if not chunk:
                raise self._exited()
            chunks.append(chunk)
            size += len(chunk)
        line, _, self._heard = b"".join(chunks).partition(b"\n")
        return line

    def _wait(self, descriptor: int, event: int, until: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise self._failed(FailureKind.TIMED_OUT, "It did not answer in time.")

    def _exited(self) -> RecipeFailed:
        """Return the failure of a process whose end of the pipe is closed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)
        status = self._process.poll()
        if status == fence.NOT_FENCED:
            return self._failed(FailureKind.UNFENCED, "This machine's kernel cannot fence it in.")
        return self._failed(FailureKind.EXITED, f"The process ended with status {status}.")

    def _failed(self, kind: FailureKind, message: str) -> RecipeFailed:
        return RecipeFailed(kind, message=message, output=self.output())
