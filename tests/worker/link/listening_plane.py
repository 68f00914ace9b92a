"""A control plane that only listens: real HTTP, every request noted, receipts signed."""

from __future__ import annotations

import json
import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from annex.contract.keys import SigningKey
from annex.contract.outbound import EventBatch
from annex.contract.signing import sign_receipt
from django.db import connection

from worker.link.models import Ledger

KEY = SigningKey.from_bytes(bytes(range(1, 33)))
POLL_SECONDS = 20.0


@dataclass
class ListeningPlane:
    """What was heard: paths in order, numbers of events as they came, polls hung up on."""

    origin: str = ""
    paths: list[str] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    dropped_polls: int = 0
    sessions: int = 0

    def answer(self, path: str, body: bytes) -> dict[str, Any]:
        """Return the answer to one request."""
        self.paths.append(path)
        if path.endswith("/session"):
            self.sessions += 1
            return self._session()
        if path.endswith("/events"):
            return self._receipt(EventBatch.model_validate_json(body))
        return {"commands": []} if path.endswith("/poll") else {"lost": [], "cancel": []}

    def _session(self) -> dict[str, Any]:
        return {
            "session_epoch": self.sessions,
            "protocol": "2026-11-21",
            "next_event": 1,
            "poll_url": f"{self.origin}/link/v1/poll",
            "console_origin": self.origin,
            "poll_seconds": int(POLL_SECONDS),
            "renew_seconds": 30,
            "lease_seconds": 120,
            "server_time": int(time.time()),
        }

    def _receipt(self, batch: EventBatch) -> dict[str, Any]:
        self.events += [event.seq for event in batch.events]
        # The ledger's own head stands in for the one that a control plane computes.
        head = Ledger.objects.filter(kind="events").order_by("-seq").values_list("head")[0][0]
        connection.close()
        return sign_receipt(KEY, batch.events[-1].seq, head).model_dump(mode="json")


@contextmanager
def listening_plane() -> Iterator[ListeningPlane]:
    """Serve until the block ends."""
    plane = ListeningPlane()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = json.dumps(plane.answer(self.path, body)).encode()
            if self.path.endswith("/poll") and self._hangs_up():
                plane.dropped_polls += 1
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def _hangs_up(self) -> bool:
            readable, _, _ = select.select([self.connection], [], [], POLL_SECONDS)
            return bool(readable)

        def log_request(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    plane.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield plane
    finally:
        server.shutdown()
        server.server_close()
