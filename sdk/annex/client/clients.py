"""The two clients. All they do themselves is dial and wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from importlib.metadata import version
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import httpx

from annex.client.account import Account, DeviceLogins
from annex.client.calls import Call, Outcome, Retries, Send, Wait, exchange, next_page
from annex.client.nouns import Async, Mode, Sync
from annex.client.organization import Organizations, OrganizationScope
from annex.client.types import Page

T = TypeVar("T")

pause = time.sleep
pause_async = asyncio.sleep
TIMEOUT = httpx.Timeout(30.0, connect=10.0)


class Nouns(Generic[Mode]):
    """What both clients lead to."""

    def __init__(self) -> None:
        sender: Any = self
        self.account: Account[Mode] = Account(sender, "")
        self.device_logins: DeviceLogins[Mode] = DeviceLogins(sender, "")
        self.organizations: Organizations[Mode] = Organizations(sender, "")

    def organization(self, slug: str) -> OrganizationScope[Mode]:
        """Return the nouns of one organization; nothing is asked yet."""
        sender: Any = self
        return OrganizationScope(sender, slug)


class Client(Nouns[Sync]):
    """Talks to a control plane and waits for the answers.

    Args:
        host: where people open the console, such as `https://annex.example.org`.
        token: an API token, `anx_…`; without one, only a device login is possible.
        retries: how often what may pass is repeated.
    """

    def __init__(
        self, host: str, token: str | None = None, *, retries: Retries | None = None
    ) -> None:
        super().__init__()
        self.host = host.rstrip("/")
        self._retries = retries or Retries()
        self._http = httpx.Client(
            base_url=self.host, headers=headers_for(token), timeout=TIMEOUT, follow_redirects=False
        )

    def send(self, call: Call[T]) -> T:
        """Send one call and return its answer. Raises: Problem, Unreachable, UnexpectedAnswer."""
        steps = exchange(call, self._retries)
        outcome: Outcome | None = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as end:
                answer: T = end.value
                return answer
            outcome = None
            if isinstance(step, Wait):
                pause(step.seconds)
            else:
                outcome = self._dial(step)

    def walk(self, call: Call[Page[T]]) -> Iterator[T]:
        """Yield the rows of all pages, asking for each page when it is needed."""
        following: Call[Page[T]] | None = call
        while following is not None:
            page = self.send(following)
            yield from page.results
            following = next_page(following, page.next)

    def _dial(self, step: Send) -> Outcome:
        try:
            return self._http.request(
                step.method,
                step.path,
                params=step.query,
                content=step.content,
                headers=step.headers,
            )
        except httpx.TransportError as error:
            return error

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncClient(Nouns[Async]):
    """The same as `Client`, for asyncio: verbs are awaited, lists are `async for`."""

    def __init__(
        self, host: str, token: str | None = None, *, retries: Retries | None = None
    ) -> None:
        super().__init__()
        self.host = host.rstrip("/")
        self._retries = retries or Retries()
        self._http = httpx.AsyncClient(
            base_url=self.host, headers=headers_for(token), timeout=TIMEOUT, follow_redirects=False
        )

    async def send(self, call: Call[T]) -> T:
        """Send one call and return its answer. Raises: Problem, Unreachable, UnexpectedAnswer."""
        steps = exchange(call, self._retries)
        outcome: Outcome | None = None
        while True:
            try:
                step = steps.send(outcome)
            except StopIteration as end:
                answer: T = end.value
                return answer
            outcome = None
            if isinstance(step, Wait):
                await pause_async(step.seconds)
            else:
                outcome = await self._dial(step)

    async def walk(self, call: Call[Page[T]]) -> AsyncIterator[T]:
        """Yield the rows of all pages, asking for each page when it is needed."""
        following: Call[Page[T]] | None = call
        while following is not None:
            page = await self.send(following)
            for row in page.results:
                yield row
            following = next_page(following, page.next)

    async def _dial(self, step: Send) -> Outcome:
        try:
            return await self._http.request(
                step.method,
                step.path,
                params=step.query,
                content=step.content,
                headers=step.headers,
            )
        except httpx.TransportError as error:
            return error

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()


def headers_for(token: str | None) -> dict[str, str]:
    """Return the headers of every request."""
    headers = {"User-Agent": f"annex-python/{version('annex')}"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return headers
