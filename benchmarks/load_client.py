"""A load client that costs a few tens of microseconds a request: it shares the cores it measures.

One keep-alive connection per client, one request at a time, answers with a Content-Length.
"""

from __future__ import annotations

import asyncio
from typing import Any, Self

import orjson


class Connection(asyncio.Protocol):
    """One HTTP/1.1 connection with headers of its own."""

    def __init__(self, host: str, headers: dict[str, str]) -> None:
        lines = {"Host": host, "Content-Type": "application/json"} | headers
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode()
        self._received = bytearray()
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def open(cls, host: str, headers: dict[str, str]) -> Self:
        """Connect to `host`, which is a name and a port."""
        name, _, port = host.partition(":")
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: cls(host, headers), name, int(port))
        return connection

    async def send(self, method: str, path: str, body: Any) -> Any:
        """Send JSON and return the JSON of the answer. Raises: RuntimeError unless it is 2xx."""
        sent = orjson.dumps(body)
        head = b"%b %b HTTP/1.1\r\nContent-Length: %d\r\n%b\r\n"
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None:
            raise ConnectionError("not connected")
        self._transport.write(
            head % (method.encode(), path.encode(), len(sent), self._headers) + sent
        )
        return orjson.loads(await self._answer)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail the request that still waits."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        """Collect until the answer is whole."""
        self._received += data
        end = self._received.find(b"\r\n\r\n") + 4
        if end < 4 or self._answer is None:
            return
        head = bytes(self._received[:end]).lower()
        at = head.index(b"content-length:") + len(b"content-length:")
        whole = end + int(head[at : head.index(b"\r\n", at)])
        if len(self._received) < whole:
            return
        body, self._received = bytes(self._received[end:whole]), self._received[whole:]
        if head[9:10] == b"2":
            self._answer.set_result(body)
        else:
            self._answer.set_exception(RuntimeError(f"{head[:40]!r}"))
