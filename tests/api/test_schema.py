"""The committed OpenAPI document is what the views say."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client


def test_the_committed_document_is_fresh(tmp_path: Path) -> None:
    fresh = tmp_path / "controlplane.json"
    call_command(
        "spectacular", format="openapi-json", file=str(fresh), validate=True, fail_on_warn=True
    )
    committed = Path(settings.REPOSITORY) / "docs" / "openapi" / "controlplane.json"
    assert committed.read_bytes() == fresh.read_bytes(), "run `make types`"


@pytest.mark.django_db
def test_anyone_may_read_the_document() -> None:
    answer = Client().get("/api/v1/schema")
    assert answer.status_code == 200
    assert answer.json()["paths"]["/api/v1/me"]["get"]["responses"]["default"]
