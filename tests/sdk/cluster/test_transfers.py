"""A download is there whole or not at all, whatever the other side does."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from annex.client.cluster import ClusterClient, cluster_origin
from annex.client.transfers import TransferCut, place_for, plain_name, save
from annex.errors import BadInput, UnexpectedAnswer, Unreachable

BODY = b"some bytes " * 1000
DIGEST = base64.b64encode(hashlib.sha256(BODY).digest()).decode()


class Sender(BaseHTTPRequestHandler):
    """Sends what the address says."""

    def do_GET(self) -> None:
        kind = self.path.rpartition("/")[2]
        if kind == "elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/stolen")
            self.end_headers()
            return
        body = b"x" * len(BODY) if kind == "other" else BODY
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.send_header("Repr-Digest", f"sha-256=:{DIGEST}:")
        self.end_headers()
        self.wfile.write(body[:500] if kind == "cut" else body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sender)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def fetch(url: str, place: Path, size_bytes: int = len(BODY)) -> Any:
    with httpx.stream("GET", url) as response:
        return save(response, place, size_bytes=size_bytes)


def test_what_is_whole_is_moved_to_its_place(origin: str, tmp_path: Path) -> None:
    (tmp_path / "file.part").write_text("of a run that was killed")
    saved = fetch(f"{origin}/whole", tmp_path / "file")
    assert saved.path.read_bytes() == BODY
    assert saved.sha256 == hashlib.sha256(BODY).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(("kind", "size_bytes"), [("cut", 0), ("other", 0), ("whole", 1)])
def test_what_is_not_whole_leaves_nothing_and_touches_nothing(
    origin: str, tmp_path: Path, kind: str, size_bytes: int
) -> None:
    (tmp_path / "file").write_text("before")
    with pytest.raises(TransferCut):
        fetch(f"{origin}/{kind}", tmp_path / "file", size_bytes or len(BODY))
    assert (tmp_path / "file").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("parts.jsonl", "parts.jsonl"),
        ("../../.ssh/authorized_keys", "authorized_keys"),
        ("C:\\windows\\parts.jsonl", "parts.jsonl"),
    ],
)
def test_a_name_from_elsewhere_stays_in_the_folder(given: str, kept: str, tmp_path: Path) -> None:
    assert plain_name(given) == kept
    assert place_for(tmp_path, given, overwrite=False) == tmp_path / kept


@pytest.mark.parametrize("given", ["", "..", "/", "a\nb"])
def test_what_is_no_name_is_refused(given: str) -> None:
    with pytest.raises(BadInput):
        plain_name(given)


def test_a_place_that_is_taken_or_missing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert place_for(tmp_path / "file", "x", overwrite=True) == tmp_path / "file"
    for taken in (tmp_path / "file", tmp_path / "none" / "file"):
        with pytest.raises(BadInput):
            place_for(taken, "x", overwrite=False)


def test_a_token_does_not_follow_to_another_host(origin: str) -> None:
    with ClusterClient(origin, "anw_secret") as script, pytest.raises(Unreachable):
        script.asset("elsewhere")


def test_what_is_no_cluster_is_said_to_be_none(origin: str) -> None:
    with ClusterClient(origin, "anw_secret") as script, pytest.raises(UnexpectedAnswer):
        script.asset("whole")


def test_nobody_at_the_address_is_said() -> None:
    script = ClusterClient("http://127.0.0.1:1", "anw_secret")
    with script, pytest.raises(Unreachable):
        script.asset("x")


@pytest.mark.parametrize(
    "address",
    [
        "https://annotate.example.org",
        "https://annotate.example.org:8443/",
        "http://127.0.0.1:8100",
        "http://localhost:8100",
        "http://[::1]:8100",
    ],
)
def test_a_clusters_address(address: str) -> None:
    assert cluster_origin(address) == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        "http://annotate.example.org",
        "http://10.0.0.7:8100",
        "annotate.example.org",
        "https://a:b@annotate.example.org",
        "https://annotate.example.org/x",
        "https://annotate.example.org?x",
        "ftp://127.0.0.1",
        "",
    ],
)
def test_where_a_token_is_not_sent(address: str) -> None:
    with pytest.raises(BadInput):
        cluster_origin(address)
