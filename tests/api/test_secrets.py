"""Names of secrets: the project's own, slugs, told to nobody but its developers."""

from __future__ import annotations

from typing import Any

import pytest

from controlplane.audit.models import AuditRow
from controlplane.lib.tenancy import tenant
from tests.api.test_projects import BASE, send
from tests.controlplane.cast import Cast, browser


def ask(cast: Cast, method: str, path: str = "", body: Any = None, who: str = "dev") -> Any:
    client = browser(getattr(cast, who))
    return send(client, method, f"{BASE}/projects/{cast.project.id}/secrets{path}", body)


def test_a_name_is_registered_listed_and_forgotten(cast: Cast) -> None:
    made = ask(cast, "POST", body={"name": "api-key"})
    assert (made.status_code, set(made.json())) == (201, {"id", "name"})
    assert [row["name"] for row in ask(cast, "GET").json()["results"]] == ["api-key"]
    again = ask(cast, "POST", body={"name": "api-key"})
    assert (again.status_code, again.json()["field"]) == (409, "name")
    assert ask(cast, "DELETE", f"/{made.json()['id']}").status_code == 204
    assert ask(cast, "DELETE", f"/{made.json()['id']}").status_code == 404
    assert ask(cast, "GET").json()["results"] == []
    with tenant(cast.acme.id):
        verbs = set(AuditRow.objects.values_list("verb", flat=True))
    assert {"secret.created", "secret.deleted"} <= verbs


@pytest.mark.parametrize("name", ["", "Key", "1key", "a key", "a_key", "a" * 33, "-key"])
def test_a_name_is_a_slug(cast: Cast, name: str) -> None:
    refused = ask(cast, "POST", body={"name": name})
    assert (refused.status_code, refused.json()["field"]) == (400, "name")


def test_a_value_cannot_be_sent(cast: Cast) -> None:
    """What is no field of the API is dropped before anything is stored."""
    made = ask(cast, "POST", body={"name": "api-key", "value": "zebrafinch-7731"})
    assert b"zebrafinch" not in made.content
    with tenant(cast.acme.id):
        secret = cast.project.secrets.get()
        assert "zebrafinch" not in str(vars(secret)) + str(list(AuditRow.objects.values()))
