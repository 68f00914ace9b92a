"""A real control plane beside the worker under test: its own database, processes and clock."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from common.embedded.roles import CONTROLPLANE
from common.testing.databases import create_test_database

REPOSITORY = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until(is_so: Any, *, seconds: float = 300.0, every: float = 0.05) -> Any:
    """Return the first true value of `is_so()`; fail the test when it takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = is_so()
        if value:
            return value
        time.sleep(every)
    raise AssertionError("it did not come about in time")


@contextmanager
def process(arguments: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until the block ends."""
    running = subprocess.Popen(
        [sys.executable, *arguments], cwd=REPOSITORY, env=os.environ | environment
    )
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(15)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@dataclass(frozen=True)
class ControlPlane:
    """A running control plane, and a person who works with it."""

    origin: str
    ids: dict[str, str]
    environment: dict[str, str] = field(repr=False)

    def person(self, verb: str, **arguments: Any) -> dict[str, Any]:
        """Let the owner do something; see `tests.controlplane.person`."""
        return ask_person(verb, arguments, self.environment)

    def look(self) -> dict[str, Any]:
        """Return what the control plane knows now."""
        return self.person(
            "look", organization=self.ids["organization"], cluster=self.ids["cluster"]
        )

    def start(self, recipe: str, arguments: dict[str, Any]) -> str:
        """Start a job and return its id."""
        ids = {name: self.ids[name] for name in ("organization", "project")}
        return str(self.person("start", **ids, recipe=recipe, arguments=arguments)["job"])


def ask_person(verb: str, arguments: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.controlplane.person", verb, json.dumps(arguments)],
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture
def control_plane(transactional_db: None) -> Iterator[ControlPlane]:
    """Start the control plane's web server and long poll on a fresh database."""
    create_test_database(CONTROLPLANE)
    web, poll = free_port(), free_port()
    environment = {
        "DJANGO_SETTINGS_MODULE": "controlplane.settings.test",
        "ANNEX_CONSOLE_ORIGIN": f"http://127.0.0.1:{web}",
        "ANNEX_POLL_ORIGIN": f"http://127.0.0.1:{poll}",
        "ANNEX_WEB_BIND": f"127.0.0.1:{web}",
        "ANNEX_POLL_BIND": f"127.0.0.1:{poll}",
        "ANNEX_WEB_WORKERS": "1",
    }
    ids = ask_person("found", {}, environment)
    with (
        process(["manage.py", "web"], environment),
        process(["manage.py", "poll"], environment),
    ):
        for port in (web, poll):
            wait_until(lambda port=port: answers(f"http://127.0.0.1:{port}/link/v1/x"))
        yield ControlPlane(f"http://127.0.0.1:{web}", ids, environment)


def answers(url: str) -> bool:
    """Say whether anything at all answers there."""
    try:
        with urlopen(url, timeout=2):  # noqa: S310 - an address of our own
            return True
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
