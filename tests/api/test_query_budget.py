"""How many statements each endpoint costs; `query_counts.json` is the whole budget.

A change that costs more changes that file, where a reader sees it, and so does a new URL.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.test_query_counts import grow
from tests.controlplane.cast import Cast, browser
from tests.isolation.controlplane.declarations import DECLARED
from tests.isolation.controlplane.routes import send

BUDGET: dict[str, int] = json.loads((Path(__file__).parent / "query_counts.json").read_text())
ASKED = [(name, method) for name, access in DECLARED.items() for method in access.methods]
READ = [(name, method) for name, method in ASKED if method == "get"]


def cost(cast: Cast, asked: tuple[str, str], ids: dict[str, str]) -> int:
    name, method = asked
    client = browser(cast.olga)
    with CaptureQueriesContext(connection) as captured:
        send(client, method, name, ids)
    # A test runs in a transaction, which makes savepoints of what would be BEGIN and COMMIT.
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def costs(cast: Cast, asked: list[tuple[str, str]], ids: dict[str, str]) -> dict[str, int]:
    return {f"{method} {name}": cost(cast, (name, method), ids) for name, method in asked}


def test_every_endpoint_stays_within_its_budget(cast: Cast, ids: dict[str, Any]) -> None:
    spent = costs(cast, ASKED, ids)
    assert spent == BUDGET, f"query_counts.json should be:\n{json.dumps(spent, indent=2)}"


def test_no_read_costs_more_with_more_rows(cast: Cast, ids: dict[str, Any]) -> None:
    grow(cast, "a")
    before = costs(cast, READ, ids)
    grow(cast, "b")
    assert costs(cast, READ, ids) == before
