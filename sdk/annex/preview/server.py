"""The small server: on this machine only, and for pages of its own only."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hmac import compare_digest
from http import HTTPStatus
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_urlsafe
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

from annex.preview.app import App
from annex.preview.bench import ASK_SECONDS, Bench
from annex.preview.desk import ANNOTATOR
from annex.preview.exchange import Request, Response, problem_response
from annex.preview.files import find_annotation_app
from annex.preview.problems import Problem
from annex.preview.watching import Watcher

HOST = "127.0.0.1"
MAX_BODY_BYTES = 4 * 2**20

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "worker-src 'self'",
        "webrtc 'block'",
    )
)
"""That of a cluster's annotation origin; a test compares."""

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Annex-Subject": str(ANNOTATOR),
}


class PreviewServer(ThreadingHTTPServer):
    """Listens on this machine's own address; a port of 0 is any free one."""

    daemon_threads = True

    def __init__(self, app: App, port: int) -> None:
        super().__init__((HOST, port), PreviewHandler)
        self.app = app
        self.token = token_urlsafe(24)
        # A browser sends a cookie to every port of a host.
        self.cookie = f"annex-preview-{self.server_port}"

    @property
    def origin(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.server_port}"

    @property
    def address(self) -> str:
        """What to open: with the token, without which others on this machine see nothing."""
        return f"{self.origin}/?token={self.token}"

    def knows(self, token: str) -> bool:
        """Say whether a token is that of this server."""
        return compare_digest(token.encode(), self.token.encode())


class PreviewHandler(BaseHTTPRequestHandler):
    """Refuses what is not from a page of our own; the rest is the app's."""

    protocol_version = "HTTP/1.1"
    server: PreviewServer

    def do_GET(self) -> None:
        """Answer a read."""
        self._serve()

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - as above

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
        """Write nothing: what the recipe prints is to be read."""

    def _serve(self) -> None:
        try:
            response = self._answer()
        except Problem as problem:
            # What was not read would be taken for the next request.
            self.close_connection = True
            response = problem_response(problem)
        except Exception:
            traceback.print_exc()
            title = "The preview itself failed; its traceback is in the terminal"
            response = problem_response(Problem(500, "internal.error", title))
        self._send(response)

    def _answer(self) -> Response:
        self._refuse_foreign()
        address = urlsplit(self.path)
        body = self._read_body()
        query = dict(parse_qsl(address.query))
        if address.path == "/" and self.server.knows(query.get("token", "")):
            return self._welcome()
        self._refuse_strangers()
        return self.server.app.answer(Request(self.command, address.path, query, body))

    def _refuse_foreign(self) -> None:
        """Another site's page may reach this address, or give its own name to it."""
        port = self.server.server_port
        hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        if host not in hosts or origin not in (None, f"http://{host}"):
            raise Problem(403, "preview.foreign", "This address is for the preview's own pages")
        is_json = self.headers.get_content_type() == "application/json"
        if self.command != "GET" and self.headers.get("Content-Length", "0") != "0" and not is_json:
            raise Problem(415, "request.media_type", "This media type is not accepted here")

    def _welcome(self) -> Response:
        """Exchange the token in the address for a cookie, and forget it in the address."""
        kept = f"{self.server.cookie}={self.server.token}; Path=/; HttpOnly; SameSite=Lax"
        return Response(302, headers={"Location": "/", "Set-Cookie": kept})

    def _refuse_strangers(self) -> None:
        """Whoever has an account on this machine can reach this address."""
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get(self.server.cookie)
        if cookie is None or not self.server.knows(cookie.value):
            what_to_do = "Open the address that `annex recipes preview` printed."
            title = "This preview is somebody's own"
            raise Problem(401, "preview.no_token", title, what_to_do, what_to_do)

    def _read_body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            raise Problem(413, "request.too_large", "The body is too large")
        return self.rfile.read(int(length))

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in {**HEADERS, **response.headers}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        if response.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Type", response.type)
            self.send_header("Content-Length", str(len(response.body)))
        # A page that was left waits for nothing.
        with suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(response.body)


@contextmanager
def previewing(
    folder: Path, port: int = 0, seconds: float = ASK_SECONDS, built: Path | None = None
) -> Iterator[PreviewServer]:
    """Serve a package's preview and follow its files until left.

    Args:   built: the annotation app's files, if not those of this installation.
    Raises: NotBuilt; OSError when the port is taken.
    """
    built = built or find_annotation_app()
    bench = Bench(folder, seconds)
    server = PreviewServer(App(bench, built), port)
    watcher = Watcher(bench.source.folder, bench.files, bench.reload)
    Thread(target=server.serve_forever, args=(0.05,), name="server", daemon=True).start()
    watcher.start()
    try:
        bench.reload()
        yield server
    finally:
        bench.close()
        watcher.stop()
        server.shutdown()
        server.server_close()
