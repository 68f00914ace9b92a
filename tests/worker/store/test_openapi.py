"""The committed OpenAPI document is the one that the views give, and it is well formed."""

from __future__ import annotations

import json
from pathlib import Path

from django.test import Client
from drf_spectacular.validation import validate_schema

from worker.store.api.schema import document

COMMITTED = Path(__file__).parents[3] / "docs" / "openapi" / "worker.json"


def test_the_committed_document_is_fresh() -> None:
    assert json.loads(COMMITTED.read_bytes()) == json.loads(document()), "run `make types`"


def test_the_document_is_valid_and_every_operation_may_answer_with_a_problem() -> None:
    described = json.loads(document())
    validate_schema(described)  # type: ignore[no-untyped-call]  # drf-spectacular leaves it untyped
    for operations in described["paths"].values():
        for operation in operations.values():
            content = operation["responses"]["default"]["content"]
            assert list(content) == ["application/problem+json"]


def test_the_document_is_served_to_anyone(db: None) -> None:
    served = Client().get("/api/schema")
    assert served.status_code == 200
    assert "/api/assets/{asset}" in served.json()["paths"]
