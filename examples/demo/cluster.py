"""A person at the cluster's own pages: hops over from the console, speaks the annotation API.

Cookies are kept by hand, because Python's cookie jar withholds Secure cookies from http://127.0.0.1
where a browser sends them.
"""

from __future__ import annotations

import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx

from examples.demo.console import Console, ConsoleError

Row = dict[str, Any]
MAX_HOPS = 8


class FormParser(HTMLParser):
    """Read the one form of the login hop: where it posts and what."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = values.get("action", "")
        elif tag == "input" and values.get("name"):
            self.fields[values["name"]] = values.get("value", "")


class Cluster:
    """One person's session on a cluster's origin."""

    def __init__(self, origin: str, console: Console) -> None:
        self.origin = origin
        self.console = console
        self.cookies: dict[str, str] = {}
        self.csrf = ""
        self.http = httpx.Client(timeout=60.0, follow_redirects=False)

    def sign_in(self, path: str = "/") -> Self:
        """Follow the login hop: cluster, console's /authorize, form post back to the cluster."""
        response = self._request("GET", f"{self.origin}/login", params={"next": path})
        for _ in range(MAX_HOPS):
            if not response.has_redirect_location:
                break
            response = self._follow(urljoin(str(response.url), response.headers["location"]))
        form = FormParser()
        form.feed(response.text)
        if not form.action:
            raise ConsoleError(response)
        self._post_form(form)
        self.csrf = self.get("/api/session")["csrf_token"]
        return self

    def get(self, path: str) -> Any:
        return self._checked(self._request("GET", self.origin + path))

    def post(self, path: str, body: Row) -> Any:
        return self._checked(self._request("POST", self.origin + path, json=body))

    def put(self, path: str, body: Row) -> Any:
        return self._checked(self._request("PUT", self.origin + path, json=body))

    def submit(self, path: str, fields: Row) -> None:
        """Press a button of a form that the cluster's own page shows."""
        response = self._request(
            "POST", self.origin + path, data={"csrf_token": self.csrf} | fields
        )
        if response.is_error:
            raise ConsoleError(response)

    def upload(self, path: str, file: Path) -> Any:
        """Send a file from the laptop, as the Data page does."""
        with file.open("rb") as stream:
            return self._checked(
                self._request("POST", self.origin + path, files={"file": (file.name, stream)})
            )

    def wait_for(self, path: str, seconds: float) -> Any:
        """Ask for a page until it exists: what the console made reaches the cluster in a moment.

        Raises: ConsoleError when it still does not after `seconds`.
        """
        deadline = time.monotonic() + seconds
        while True:
            try:
                return self.get(path)
            except ConsoleError as problem:
                if problem.status != httpx.codes.NOT_FOUND or time.monotonic() > deadline:
                    raise
            time.sleep(0.2)

    def download(self, path: str) -> bytes:
        response = self._request("GET", self.origin + path)
        if response.is_error:
            raise ConsoleError(response)
        return response.content

    def _follow(self, url: str) -> httpx.Response:
        if url.startswith(self.origin):
            return self._request("GET", url)
        return self.console.http.get(url)

    def _post_form(self, form: FormParser) -> None:
        response = self._request(
            "POST",
            form.action,
            data=form.fields,
            headers={"Origin": self.console.origin, "Sec-Fetch-Site": "cross-site"},
        )
        if response.status_code >= httpx.codes.BAD_REQUEST:
            raise ConsoleError(response)

    def _request(self, method: str, url: str, **options: Any) -> httpx.Response:
        headers = {
            "Origin": self.origin,
            "Sec-Fetch-Site": "same-origin",
            "X-CSRF-Token": self.csrf,
        }
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers |= options.pop("headers", {})
        if urlsplit(url).netloc != urlsplit(self.origin).netloc:
            raise ValueError("a cluster session only talks to its own origin")
        response = self.http.request(method, url, headers=headers, **options)
        self._keep_cookies(response)
        return response

    def _keep_cookies(self, response: httpx.Response) -> None:
        for header in response.headers.get_list("set-cookie"):
            name, _, value = header.split(";", 1)[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        self.http.cookies.clear()

    def _checked(self, response: httpx.Response) -> Any:
        if response.is_error:
            raise ConsoleError(response)
        return response.json() if response.content else None
