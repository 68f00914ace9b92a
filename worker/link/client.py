"""The one HTTP client of the line: write to the ledger, sign, send, read the answer strictly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import httpx
from annex.contract.canonical import canonical_bytes
from annex.contract.keys import SigningKey
from annex.contract.leaves import Message
from annex.contract.manifest import FIXED_HEADERS
from annex.contract.requests import RequestStamp, sign_request
from pydantic import ValidationError

from worker.link.errors import LinkInterrupted, LinkRefused, SessionEnded
from worker.link.ledger import Entry, append
from worker.link.models import Ledger

M = TypeVar("M", bound=Message)
Build = Callable[[str], Message]

TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
ENDINGS: Final = frozenset({"session.superseded", "cluster.revoked", "signature.invalid"})
"""Problems after which this session will never be served again."""


@dataclass
class LinkClient:
    """Sends contract messages to one control plane.

    `session` and the request number are part of each signature. `offset_seconds` corrects this
    machine's clock. Safe to use from several threads.
    """

    origin: str
    key: SigningKey
    session: int = 0
    offset_seconds: int = 0
    transport: httpx.BaseTransport | None = None
    number: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        # No redirects, no proxies' cookies, no environment: what is dialled is what was configured.
        self.http = httpx.Client(
            timeout=TIMEOUT,
            follow_redirects=False,
            headers=FIXED_HEADERS,
            transport=self.transport,
        )

    def close(self) -> None:
        """Close all connections; a request under way ends with LinkInterrupted."""
        self.http.close()

    def post(
        self,
        path: str,
        body: Message,
        answer: type[M],
        *,
        wait_seconds: float = 0.0,
        origin: str = "",
    ) -> M:
        """Send one message and return the typed answer.

        Args:   wait_seconds: how long the control plane may hold the answer back.
        Raises: LinkInterrupted, LinkRefused, SessionEnded.
        """
        row = self.record("POST", path, lambda prev: body)
        return self.send(row, answer, wait_seconds=wait_seconds, origin=origin)

    def record(
        self, method: str, path: str, build: Build | None, *, number: int = 0, events: int = 0
    ) -> Ledger:
        """Write what is about to be sent to the ledger and return the row to be sent."""
        entry = Entry(
            at=int(time.time()) + self.offset_seconds,
            method=method,
            path=path,
            session=self.session,
            number=number or self._next_number(),
            events=events,
        )
        return append(self.key, entry, lambda prev: canonical_bytes(build(prev)) if build else b"")

    def send(
        self, row: Ledger, answer: type[M], *, wait_seconds: float = 0.0, origin: str = ""
    ) -> M:
        """Send what stands in a ledger row, signed, and return the typed answer."""
        body = bytes(row.body)
        stamp = RequestStamp(row.at, self.key.key_id, row.session, row.number)
        headers = sign_request(self.key, row.method, row.path, body, stamp)
        response = self._request(
            row.method, (origin or self.origin) + row.path, body, headers, wait_seconds
        )
        return self._read(response, answer)

    def _request(
        self, method: str, url: str, body: bytes, headers: dict[str, str], wait_seconds: float
    ) -> httpx.Response:
        timeout = httpx.Timeout(10.0 + wait_seconds, connect=5.0)
        try:
            return self.http.request(method, url, content=body, headers=headers, timeout=timeout)
        except (httpx.HTTPError, RuntimeError) as error:
            # RuntimeError: the client was closed while this thread was waiting.
            raise LinkInterrupted(type(error).__name__) from None

    def _read(self, response: httpx.Response, answer: type[M]) -> M:
        document = _json_of(response)
        if response.status_code >= httpx.codes.BAD_REQUEST:
            raise self._problem(response, document)
        try:
            return answer.model_validate(document)
        except ValidationError:
            raise LinkInterrupted("The answer is not one of the contract's.") from None

    def _problem(self, response: httpx.Response, document: dict[str, Any]) -> Exception:
        code = document.get("code")
        if code in ENDINGS:
            return SessionEnded(str(document.get("title", "")))
        if code == "clock.skew" and isinstance(document.get("server_time"), int):
            self.offset_seconds = document["server_time"] - int(time.time())
        if code is None or response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            return LinkInterrupted(retry_after_seconds=_retry_after(response))
        return LinkRefused(document, retry_after_seconds=_retry_after(response))

    def _next_number(self) -> int:
        with self._lock:
            self.number += 1
            return self.number


def same_host(origin: str, url: str) -> bool:
    """Say whether a URL is on the host that the administrator configured; the port may differ."""
    return urlsplit(origin).hostname == urlsplit(url).hostname


def _json_of(response: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of an answer; anything else is a proxy's noise."""
    try:
        document = json.loads(response.content)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise LinkInterrupted("The answer is not JSON.", retry_after_seconds=_retry_after(response))
    return document


def _retry_after(response: httpx.Response) -> float | None:
    raw = response.headers.get("retry-after", "")
    return float(raw) if raw.isdigit() else None
