"""A person at the console: signs in and calls the REST API as the browser does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Self

import httpx

Row = dict[str, Any]


class ConsoleError(Exception):
    """The console refused; carries its problem document."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.body = response.text
        super().__init__(
            f"{response.request.method} {response.request.url} -> {self.status}: {self.body[:600]}"
        )


class Console:
    """One signed-in person; paths are under the organization unless they start with a slash."""

    def __init__(self, origin: str, organization: str) -> None:
        self.origin = origin
        self.organization = organization
        self.http = httpx.Client(base_url=origin, timeout=30.0, headers={"Origin": origin})

    def sign_in(self, email: str, password: str) -> Self:
        """Open a session with the sign-in the console itself uses."""
        self.http.get("/sign-in")
        answer = self._send(
            "POST", "/_allauth/browser/v1/auth/login", {"email": email, "password": password}
        )
        if answer.status_code != httpx.codes.OK:
            raise ConsoleError(answer)
        return self

    def get(self, path: str, **query: str) -> Any:
        return self._checked(self.http.get(self._url(path), params=query))

    def post(self, path: str, body: Row | None = None) -> Any:
        return self._checked(self._send("POST", self._url(path), body or {}))

    def put(self, path: str, body: Row) -> Any:
        return self._checked(self._send("PUT", self._url(path), body))

    def patch(self, path: str, body: Row) -> Any:
        return self._checked(self._send("PATCH", self._url(path), body))

    def pages(self, path: str) -> Iterator[Row]:
        """Yield every row of a list, following its cursor."""
        page = self.get(path)
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            page = self._checked(self.http.get(page["next"]))

    def wait(self, path: str, ready: Callable[[Row], bool], seconds: float) -> Row:
        """Ask for a row until it is ready and return it.

        Raises: TimeoutError with the last row's state.
        """
        deadline = time.monotonic() + seconds
        while True:
            row: Row = self.get(path)
            if ready(row):
                return row
            if time.monotonic() > deadline:
                raise TimeoutError(f"{path} is not ready after {seconds:.0f} s: {row}")
            time.sleep(0.3)

    def _url(self, path: str) -> str:
        return path if path.startswith("/") else f"/api/v1/organizations/{self.organization}/{path}"

    def _send(self, method: str, url: str, body: Row) -> httpx.Response:
        csrf = self.http.cookies.get("annex_csrf") or ""
        return self.http.request(method, url, json=body, headers={"X-CSRFToken": csrf})

    def _checked(self, response: httpx.Response) -> Any:
        if response.is_error:
            raise ConsoleError(response)
        return response.json() if response.content else None
