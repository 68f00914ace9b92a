"""What a call of the API is, and everything about sending one that no network is needed for.

`exchange` is the one implementation of retries and of reading answers; the synchronous and the
asynchronous client both drive it.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, Generic, TypeVar
from urllib.parse import parse_qsl, urlsplit

import httpx
from pydantic import TypeAdapter, ValidationError

from annex.errors import Problem, UnexpectedAnswer, Unreachable

T = TypeVar("T")

BASE: Final = "/api/v1"
WRITES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
RETRIED: Final = frozenset({429, 502, 503, 504})
"""Told to come back, or stopped on the way; what a write did is safe behind its key."""


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request of the API below `/api/v1`, and the type of its answer (None: no content)."""

    method: str
    path: str
    answer: Any
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None


@dataclass(frozen=True)
class Retries:
    """How often and how patiently a call is repeated.

    The pause before try n is anywhere between 0 and `base_seconds * 2**n`, at most `cap_seconds`.
    A server that asks for more than `longest_seconds` gets no repeat.
    """

    tries: int = 5
    base_seconds: float = 0.5
    cap_seconds: float = 20.0
    longest_seconds: float = 120.0

    def pause(self, attempt: int, asked_seconds: float | None) -> float | None:
        """Return how long to wait after this attempt (from 0), or None to give up."""
        if attempt + 1 >= self.tries:
            return None
        if asked_seconds is not None:
            return asked_seconds if asked_seconds <= self.longest_seconds else None
        return random.uniform(0, min(self.cap_seconds, self.base_seconds * 2**attempt))  # noqa: S311 - jitter, no secret


@dataclass(frozen=True)
class Send:
    """The driver is to send this and to give back the response, or the error of the network."""

    method: str
    path: str
    query: dict[str, str]
    content: bytes | None
    headers: dict[str, str]


@dataclass(frozen=True)
class Wait:
    """The driver is to wait this long."""

    seconds: float


Outcome = httpx.Response | httpx.TransportError


def exchange(call: Call[T], retries: Retries) -> Generator[Send | Wait, Any, T]:
    """Yield what the driver is to do until the answer is there, and return it.

    Every try of a write carries the same Idempotency-Key, so that it happens once.
    Raises: Problem, Unreachable, UnexpectedAnswer.
    """
    request = _request(call)
    attempt = 0
    while True:
        outcome: Outcome = yield request
        pause = retries.pause(attempt, _asked_seconds(outcome)) if _may_pass(outcome) else None
        if pause is None:
            return read(call, outcome)
        yield Wait(pause)
        attempt += 1


def read(call: Call[T], outcome: Outcome) -> T:
    """Return the typed answer. Raises: Problem, Unreachable, UnexpectedAnswer."""
    if isinstance(outcome, httpx.TransportError):
        said = str(outcome) or type(outcome).__name__
        raise Unreachable(f"{outcome.request.url.netloc.decode()}: {said}") from outcome
    if not outcome.is_success:
        raise _problem(outcome)
    if call.answer is None:
        return None  # type: ignore[return-value]  # T is None where a call has no answer
    try:
        answer: T = _adapter(call.answer).validate_json(outcome.content)
    except ValidationError as error:
        raise UnexpectedAnswer(f"{call.method} {call.path}: {_first(error)}") from None
    return answer


def next_page(call: Call[T], following: str | None) -> Call[T] | None:
    """Return the call for the next page; only its query is taken, never another host."""
    if following is None:
        return None
    return replace(call, query=dict(parse_qsl(urlsplit(following).query)))


def _request(call: Call[Any]) -> Send:
    headers = {"Accept": "application/json"}
    if call.method in WRITES:
        headers["Idempotency-Key"] = str(uuid.uuid4())
    content = None
    if call.body is not None:
        headers["Content-Type"] = "application/json"
        content = json.dumps(call.body, default=_plain, ensure_ascii=False).encode()
    query = {name: str(value) for name, value in call.query.items() if value is not None}
    return Send(call.method, BASE + call.path, query, content, headers)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _may_pass(outcome: Outcome) -> bool:
    if isinstance(outcome, httpx.TransportError):
        return not isinstance(outcome, httpx.UnsupportedProtocol)
    return outcome.status_code in RETRIED


def _asked_seconds(outcome: Outcome) -> float | None:
    raw = outcome.headers.get("Retry-After") if isinstance(outcome, httpx.Response) else None
    if raw is None:
        return None
    if raw.isdecimal():
        return float(raw)
    try:
        moment = parsedate_to_datetime(raw)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _problem(response: httpx.Response) -> Exception:
    try:
        return Problem.of(
            response.json(),
            status=response.status_code,
            retry_after_seconds=_asked_seconds(response),
        )
    except (ValueError, KeyError, TypeError):
        said = f"{response.request.url.host} answered {response.status_code}"
        if response.status_code in RETRIED or response.is_redirect:
            return Unreachable(f"{said}, but not as Annex does.")
        return UnexpectedAnswer(
            f"{said}, but not as Annex does.",
            what_to_do="Check that the address is the one of your Annex console.",
        )


def _first(error: ValidationError) -> str:
    row = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(map(str, row['loc']))}: {row['msg']}"


def _adapter(answer: Any) -> TypeAdapter[Any]:
    if answer not in _ADAPTERS:
        _ADAPTERS[answer] = TypeAdapter(answer)
    return _ADAPTERS[answer]


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}
