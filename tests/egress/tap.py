"""A TCP relay in front of a server that keeps every byte, both ways."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

CHUNK_BYTES = 65_536


class Tap:
    """Relay `origin` to a port of this machine. `recorded` has one stream per connection and way.

    What passes is plain HTTP: between demo processes of one machine there is no TLS.
    """

    def __init__(self, port: int) -> None:
        self.target = ("127.0.0.1", port)
        self.recorded: list[bytearray] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://localhost:{self.listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # A thread that waits in accept() does not hear of a mere close().
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def streams(self) -> list[bytes]:
        """Return what has passed so far."""
        return [bytes(stream) for stream in list(self.recorded)]

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self._relay(client)

    def _relay(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(self.target)
        except OSError:
            client.close()
            return
        for source, sink in ((client, server), (server, client)):
            stream = bytearray()
            self.recorded.append(stream)
            pump = threading.Thread(target=_pump, args=(source, sink, stream), daemon=True)
            pump.start()


def _pump(source: socket.socket, sink: socket.socket, stream: bytearray) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(CHUNK_BYTES):
            stream.extend(data)
            sink.sendall(data)
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
