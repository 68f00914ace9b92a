"""Which process connects where; a test finds an address of the settings that is missing here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from common.environment import EnvironmentProblem, Setting
from worker.oversight.pack.table import table
from worker.settings import environment as env

DEFAULT_PORTS: Final = {"http": 80, "https": 443, "postgresql": 5432, "redis": 6379}


@dataclass(frozen=True)
class Flow:
    """One connection: who opens it to whom, and where it is configured.

    `has_text`: whether text of the customer's can be in it.
    """

    opened_by: str
    to: str
    setting: Setting[Any] | None
    protocol: str
    carries: str
    has_text: bool
    leaves_cluster: bool = False


WEB, LINK, CELERY, JOB = (
    *("`worker web`", "`worker link run`", "`worker celery`"),
    "`worker jobs run` (a subprocess of Celery)",
)
BROWSER = "a browser in the customer's network"
FLOWS: Final = (
    Flow(BROWSER, WEB, env.WEB_BIND, "HTTP", "pages, text, answers, downloads", True),
    Flow(BROWSER, "the front door before it", env.ORIGIN, "HTTPS", "the same", True),
    Flow(
        *("scripts on a laptop that a person let in", "the same front door", env.ORIGIN, "HTTPS"),
        *("data files in; exports, models, failures out, unless switched off", True),
    ),
    Flow(
        *(BROWSER, "control plane", env.CONTROL_PLANE, "HTTPS"),
        *("sign-in, and names that people type into the console", False, True),
    ),
    Flow(LINK, "control plane", env.CONTROL_PLANE, "HTTPS", "what egress.md lists", False, True),
    Flow(LINK, "its long poll, same host", None, "HTTPS", "`PollRequest`", False, True),
    Flow(
        *(LINK, "PostgreSQL", env.LINK_DATABASE_URL, "PostgreSQL"),
        *("inbox, outbox, ledger; the role is denied every other table", False),
    ),
    Flow(WEB, "PostgreSQL", env.DATABASE_URL, "PostgreSQL", "examples, answers, people", True),
    Flow(CELERY, "PostgreSQL", env.DATABASE_URL, "PostgreSQL", "commands, attempts", True),
    Flow(JOB, "PostgreSQL", env.DATABASE_URL, "PostgreSQL", "examples, answers, results", True),
    Flow(
        *("`worker django migrate`", "PostgreSQL", env.OWNER_DATABASE_URL, "PostgreSQL"),
        *("changes of tables", True),
    ),
    Flow("all of these", "Redis", env.REDIS_URL, "Redis", "ids and wake-ups", False),
    Flow(
        *(f"{WEB}, {CELERY}, {JOB}", "the bucket, where there is one", env.S3_ENDPOINT, "HTTPS"),
        *("data files, models, exports", True),
    ),
)


def flows_page() -> str:
    """Return the data-flow table, with the ports of this installation."""
    head = (
        "opened by",
        "to",
        "port",
        "protocol",
        "what it carries",
        "text?",
        "leaves the cluster?",
    )
    rows = [
        (
            *(flow.opened_by, flow.to, port_of(flow), flow.protocol, flow.carries),
            *(_yes(flow.has_text), _yes(flow.leaves_cluster)),
        )
        for flow in FLOWS
    ]
    return f"""# Who connects where

Every connection is opened by the left towards the right. Nothing on the cluster listens for the
control plane: it is dialled, never dialling. Only the link and the client of the bucket import an
HTTP client, which a test holds. A network policy that lets `worker link run` out to the control
plane, and nothing else out at all, enforces the same.

{table(head, rows)}"""


def port_of(flow: Flow) -> str:
    """Return the port in force and the setting that decides it, never the rest of its value.

    Where nothing is configured it is the protocol's own.
    """
    if flow.setting is None:
        return "named by the control plane"
    try:
        value = str(flow.setting.read() or "")
    except EnvironmentProblem:
        value = ""
    parts = urlsplit(value if "//" in value else f"//{value}")
    port = parts.port or DEFAULT_PORTS.get(parts.scheme or flow.protocol.lower())
    return f"{port or 'a socket of the machine'} (`{flow.setting.name}`)"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
