"""Whatever the OpenAPI document allows, no answer is a 5xx.

Paths lead to the cast's real things, so that bodies and queries reach the code behind them. Each
request is undone, so that every example meets the same world.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import schemathesis
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core import NotSet

from controlplane.lib.tenancy import tenant
from controlplane.projects.models import ProjectMember
from tests.controlplane.cast import Cast, browser

EXAMPLES_EACH = 6
DOCUMENT = json.loads(
    (Path(django_settings.REPOSITORY) / "docs" / "openapi" / "controlplane.json").read_bytes()
)
METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS = [
    (path, method)
    for path, operations in DOCUMENT["paths"].items()
    for method in operations
    if method in METHODS
]


def real_ids(cast: Cast) -> dict[str, str]:
    """Return what the parts of a path stand for."""
    with tenant(cast.acme.id):
        member = ProjectMember.objects.values_list("membership_id", flat=True).first()
    return {
        "organization": "acme",
        "project": str(cast.project.id),
        "cluster": str(cast.cluster.id),
        "member": str(member),
        "asset": str(cast.data.id),
        "task": str(cast.task.id),
        "model": str(cast.model.id),
    }


def send(client: Client, case: Any, ids: dict[str, str]) -> int:
    """Send one generated case and undo it; a generated id stands where the cast has none."""
    path = case.path
    for name, generated in (case.path_parameters or {}).items():
        path = path.replace("{" + name + "}", ids.get(name) or quote(str(generated), safe=""))
    query = urlencode(case.query or {}, doseq=True)
    body = "" if isinstance(case.body, NotSet) else json.dumps(case.body)
    with transaction.atomic():
        response = client.generic(
            case.method, f"{path}?{query}", body, content_type="application/json"
        )
        transaction.set_rollback(True)
    return response.status_code


def test_no_operation_answers_with_a_5xx(cast: Cast) -> None:
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    client = browser(cast.olga)
    client.raise_request_exception = False
    ids, statuses = real_ids(cast), set()
    for path, method in OPERATIONS:
        strategy = schema[path][method].as_strategy(generation_mode=GenerationMode.POSITIVE)

        @seed(20260101)
        @settings(
            max_examples=EXAMPLES_EACH,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=strategy)
        def probe(case: Any) -> None:
            status = send(client, case, ids)
            statuses.add(status)
            assert status < 500, f"{case.method} {case.path} {case.query} {case.body}"

        probe()
    # A control: requests got through to where things are made, and refusals happened too.
    assert {200, 201, 400} <= statuses


ODD_BODIES = [
    "",
    "{",
    "null",
    "[]",
    '"text"',
    "7",
    '{"name": null, "title": [], "email": 1, "role": {}, "kind": "\\u0000", "cluster": "x"}',
    '{"labels": [null], "annotators": "x", "suggestions": {"kind": "rules"}, "arguments": []}',
    '{"target_f": 1e999, "version": 99999999999999999999999, "recipe": "train.v1", "labels": []}',
]
ODD_QUERIES = ["cursor=%00", "cursor=cD1ub25zZW5zZQ%3D%3D", "page_size=-1", "dataset=x"]


def test_odd_bodies_and_queries_are_refused_not_fatal(cast: Cast) -> None:
    client, ids, fatal = browser(cast.olga), real_ids(cast), []
    client.raise_request_exception = False
    for path, method in OPERATIONS:
        address = path
        for name in ("token", "invitation", "job"):
            address = address.replace("{" + name + "}", "00000000-0000-4000-8000-000000000000")
        for name, value in ids.items():
            address = address.replace("{" + name + "}", value)
        writes = method in {"post", "put", "patch"}
        for odd in ODD_BODIES if writes else ODD_QUERIES:
            url, body = (address, odd) if writes else (f"{address}?{odd}", "")
            with transaction.atomic():
                answer = client.generic(method.upper(), url, body, content_type="application/json")
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                fatal.append(f"{method} {path} {odd}: {answer.status_code}")
    assert not fatal, "\n".join(fatal)
