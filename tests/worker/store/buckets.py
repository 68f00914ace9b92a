"""A real S3 server process, and a relay that breaks connections to it."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx

BUCKET = "annex-tests"


@contextmanager
def s3_server() -> Iterator[str]:
    """Run a server of its own on 127.0.0.1 and give its address."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/moto-api/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def wait_for(address: str, seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        with suppress(httpx.HTTPError):
            httpx.get(address)
            return
        time.sleep(0.1)
    raise TimeoutError(address)


class Relay:
    """Passes connections on to a server; while `cut_after` is set, each is cut after so many bytes
    of the answer.
    """

    def __init__(self, server: str) -> None:
        self.cut_after: int | None = None
        self.cuts = 0
        self._port = int(server.rpartition(":")[2])
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                for source, target, limit in ((near, far, None), (far, near, self.cut_after)):
                    threading.Thread(
                        target=self._pass_on, args=(source, target, limit), daemon=True
                    ).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, limit: int | None) -> None:
        passed = 0
        with suppress(OSError):
            while chunk := source.recv(65536):
                target.sendall(chunk)
                passed += len(chunk)
                if limit is not None and passed > limit:
                    self.cuts += 1
                    break
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
