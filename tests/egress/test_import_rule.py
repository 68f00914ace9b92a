"""Nothing but the named rooms of the worker can open a connection to the outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

WORKER = Path(__file__).resolve().parents[2] / "worker"
CLIENTS = frozenset(
    """
    httpx requests aiohttp urllib3 urllib.request http.client websockets websocket grpc
    boto3 botocore openai anthropic socket ftplib smtplib telnetlib xmlrpc paramiko
    sentry_sdk opentelemetry datadog statsd posthog rollbar bugsnag newrelic
    annex.client annex.cli
    """.split()
)
ALLOWED = {
    "link": frozenset({"httpx"}),
    "predictors/llm": frozenset({"httpx", "openai"}),
    "store": frozenset({"boto3", "botocore"}),
}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def clients_in(path: Path) -> set[str]:
    names = {".".join(name.split(".")[:depth]) for name in imports_of(path) for depth in (1, 2)}
    return names & CLIENTS


def allowed_in(path: Path) -> frozenset[str]:
    place = path.relative_to(WORKER).as_posix()
    rooms = (clients for room, clients in ALLOWED.items() if place.startswith(room))
    return frozenset().union(*rooms)


def test_no_http_client_or_crash_reporter_outside_the_named_rooms() -> None:
    found = {
        path.relative_to(WORKER).as_posix(): clients_in(path) - allowed_in(path)
        for path in sorted(WORKER.rglob("*.py"))
    }
    assert {place: clients for place, clients in found.items() if clients} == {}


def test_the_rule_sees_what_it_forbids(tmp_path: Path) -> None:
    leaky = tmp_path / "leaky.py"
    leaky.write_text(
        "def f():\n    from urllib import request\n    import sentry_sdk.scope\n"
        "from annex.client.clients import Client\nfrom annex import cli\n"
    )
    assert clients_in(leaky) == {"urllib.request", "sentry_sdk", "annex.client", "annex.cli"}


def test_the_line_itself_uses_the_one_client() -> None:
    assert clients_in(WORKER / "link" / "client.py") == {"httpx"}
