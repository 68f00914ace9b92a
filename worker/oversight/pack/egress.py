"""Everything the cluster can say, as tables that a person can read."""

from __future__ import annotations

import inspect

from annex.contract.describe import fields_of
from annex.contract.leaves import Message
from annex.contract.manifest import FIXED_HEADERS, PROTOCOL, ROUTES
from annex.contract.outbound import EVENTS, REQUESTS
from annex.contract.requests import HEADER_NAMES

from worker.oversight.pack.table import table

INTRODUCTION = f"""# What can leave this cluster

Protocol {PROTOCOL}. One process, `python -m worker link run`, sends the requests below and
nothing else. Each field has one of a closed set of leaf types. None of them can hold a sentence:
there is no free text, no dictionary and no unbounded list. A test walks the types and fails on
any other; `egress-manifest.json` is the same as JSON schemas.

Every body is written to the ledger on the cluster before it is sent.
"""


def egress_page() -> str:
    """Return the egress manifest as a readable page."""
    return "\n".join(
        [
            INTRODUCTION,
            "## Requests\n",
            table(("route", "message"), [(f"`{route}`", _name(m)) for route, m in ROUTES.items()]),
            "## Headers\n",
            _headers(),
            *(_message(model) for model in REQUESTS),
            "## Events\n\nWhat the `body` of an event in an `EventBatch` can be.\n",
            *(_message(model) for model in EVENTS),
        ]
    )


def _name(model: type | None) -> str:
    return f"`{model.__name__}`" if model else "no body"


def _headers() -> str:
    fixed = [(f"`{name}`", f"always `{value}`") for name, value in FIXED_HEADERS.items()]
    signed = [(f"`{name}`", "the request's signature, see protocol.md") for name in HEADER_NAMES]
    return table(("header", "value"), fixed + signed)


def _message(model: type[Message]) -> str:
    rows = [(f"`{f.path}`", f.leaf, f.carries, f.cannot) for f in fields_of(model)]
    fields = table(("field", "type", "can carry", "cannot carry"), rows)
    return f"### {model.__name__}\n\n{inspect.getdoc(model)}\n\n{fields}"
