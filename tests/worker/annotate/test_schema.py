"""The worker's own OpenAPI document, driven against its WSGI application: never a 5xx."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from annex.contract.enums import Role
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core import NotSet
from schemathesis.core.result import Ok

from tests.worker.cast import make_stage
from worker.people.sessions import COOKIE, open_session
from worker.queue.filling import fill_queue
from worker.store.models import Asset, Example

EXAMPLES_PER_OPERATION = 8


@pytest.fixture
def known(db: None) -> dict[str, Any]:
    """Ids that exist, and the headers of a developer who may use them all."""
    stage = make_stage()
    stage.examples([f"text {n}" for n in range(30)])
    fill_queue(stage.task)
    subject = stage.person("Dev", Role.DEVELOPER, on_task=True)
    session, key = open_session(subject, {str(stage.project.id): Role.DEVELOPER})
    patterns = Asset.objects.create(
        id=uuid4(), project_id=stage.project.id, name="rules", kind="patterns"
    )
    return {
        "task_id": str(stage.task.id),
        "example": str(Example.objects.order_by("id")[0].uid),
        "asset": str(patterns.id),
        "headers": {"Cookie": f"{COOKIE}={key}", "X-CSRF-Token": session.csrf},
    }


def document() -> dict[str, Any]:
    answer = Client().get("/api/schema", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert answer.status_code == 200
    return dict(answer.json())


def test_no_input_makes_a_server_error(known: dict[str, Any]) -> None:
    loaded = schemathesis.openapi.from_dict(document())
    tried = 0
    for found in loaded.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.definition.raw["operationId"] == "logout":
            continue
        tried += _drive(operation, known)
    assert tried > 100


def _drive(operation: Any, known: dict[str, Any]) -> int:
    """Send generated requests, with real ids in the path, and return how many."""
    sent = 0

    @settings(
        max_examples=EXAMPLES_PER_OPERATION,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case: Any) -> None:
        nonlocal sent
        sent += 1
        names = set(case.path_parameters or {}) & set(known)
        case.path_parameters = (case.path_parameters or {}) | {n: known[n] for n in names}
        answer = _send(case, known["headers"])
        assert answer.status_code < 500, (case.method, case.path, answer.status_code)

    given(case=operation.as_strategy())(check)()
    return sent


def _send(case: Any, headers: dict[str, str]) -> Any:
    """Send through Django's own client, so that everything rolls back with the test."""
    body = b""
    if case.media_type == "application/json" and not isinstance(case.body, NotSet):
        body = json.dumps(case.body).encode()
    return Client(raise_request_exception=False).generic(
        case.method,
        case.formatted_path,
        body,
        content_type=case.media_type or "application/json",
        headers=headers,
        query_params={name: str(value) for name, value in (case.query or {}).items()},
    )
