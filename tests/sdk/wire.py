"""A server that answers what it is told, for tests of what a network does."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Wire:
    """A server that answers what it is told, and what it was asked."""

    origin: str
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def listening(*replies: Reply | None) -> Iterator[Wire]:
    """Answer each request with the next reply; None hangs up instead."""
    wire, rest = Wire(""), list(replies)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            wire.asked.append((self.command, self.path, dict(self.headers)))
            reply = rest.pop(0)
            if reply is None:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            status, headers, body = reply
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the standard library's name

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    wire.origin = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield wire
    finally:
        server.shutdown()
        server.server_close()


def problem(status: int, family: str, code: str, **headers: str) -> Reply:
    document = {"code": code, "family": family, "title": "T", "detail": "D", "what_to_do": "W"}
    return status, headers, json.dumps(document).encode()


BUSY = problem(503, "transient", "service.unavailable")
