"""Command lines of the web servers and Celery, the same for both planes."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence

from common.environment import declare

WEB_WORKERS = declare(
    "ANNEX_WEB_WORKERS",
    int,
    default=2,
    sentence="Processes of a plane's web server.",
    unit="processes",
)
WEB_THREADS = declare(
    "ANNEX_WEB_THREADS",
    int,
    default=8,
    sentence="Threads of each process of a plane's web server.",
    unit="threads",
)
CELERY_CHILDREN = declare(
    "ANNEX_CELERY_CHILDREN",
    int,
    default=2,
    sentence="Child processes of a plane's Celery worker.",
    unit="processes",
)


def wsgi_argv(application: str, bind: str) -> list[str]:
    """Return granian's command line: threads, because requests wait for the database.

    The access log stays off, as by default: request lines would carry paths and search terms.
    """
    host, _, port = bind.rpartition(":")
    return [
        *(sys.executable, "-m", "granian", application),
        *("--interface", "wsgi", "--http", "1", "--no-ws", "--runtime-mode", "st"),
        *("--host", _address_of(host), "--port", port),
        *("--workers", str(WEB_WORKERS.read())),
        *("--blocking-threads", str(WEB_THREADS.read())),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),
        *("--workers-kill-timeout", "10", "--log-level", "error"),
    ]


def _address_of(host: str) -> str:
    """Return the address of a host name, which granian does not look up; IPv4 where it has one."""
    bare = host.strip("[]")
    return bare if ":" in bare else socket.gethostbyname(bare)


def asgi_argv(application: str, bind: str) -> list[str]:
    """Return uvicorn's command line, for requests that wait for minutes."""
    host, _, port = bind.rpartition(":")
    return [
        *(sys.executable, "-m", "uvicorn", application),
        *("--host", host, "--port", port),
        *("--no-access-log", "--lifespan", "off"),
        *("--timeout-graceful-shutdown", "5"),
    ]


def celery_argv(application: str, options: Sequence[str]) -> list[str]:
    """Return Celery's command line: prefork, quiet about other workers."""
    return [
        *(sys.executable, "-m", "celery", "--app", application, "worker"),
        *("--pool", "prefork", "--concurrency", str(CELERY_CHILDREN.read())),
        *("--without-gossip", "--without-mingle", "--loglevel", "WARNING"),
        *options,
    ]


def become(argv: Sequence[str], **environment: str) -> None:
    """Replace this process by the server, so that signals reach it directly. Does not return."""
    sys.stdout.flush()
    os.execve(argv[0], list(argv), os.environ | environment)
