"""What holds at the edge for every noun: idempotency, pages, throttles, headers, problems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import UserRateThrottle

from controlplane.audit.models import IdempotencyRecord
from controlplane.lib.tenancy import tenant
from controlplane.projects.models import Asset
from tests.controlplane.cast import Cast, browser

BASE = "/api/v1/organizations/acme"


def post(client: Client, path: str, body: Any, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


class TestIdempotency:
    """The same key and body get the same answer, and only one effect."""

    def test_a_repeat_gets_the_first_answer(self, cast: Cast) -> None:
        client, path = browser(cast.dev), f"{BASE}/projects/{cast.project.id}/assets"
        first = post(client, path, {"name": "a", "kind": "data"}, "k1")
        again = post(client, path, {"name": "a", "kind": "data"}, "k1")
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json() == again.json()
        assert again["Idempotency-Replayed"] == "true"
        with tenant(cast.acme.id):
            assert Asset.objects.filter(name="a").count() == 1

    def test_the_key_of_another_body_is_refused(self, cast: Cast) -> None:
        client, path = browser(cast.dev), f"{BASE}/projects/{cast.project.id}/assets"
        post(client, path, {"name": "a", "kind": "data"}, "k1")
        other = post(client, path, {"name": "b", "kind": "data"}, "k1")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")

    def test_another_person_may_use_the_same_key(self, cast: Cast) -> None:
        path = f"{BASE}/projects/{cast.project.id}/assets"
        assert post(browser(cast.dev), path, {"name": "a", "kind": "data"}, "k").status_code == 201
        assert post(browser(cast.olga), path, {"name": "b", "kind": "data"}, "k").status_code == 201

    def test_a_refused_write_leaves_no_record(self, cast: Cast) -> None:
        client, path = browser(cast.dev), f"{BASE}/projects/{cast.project.id}/assets"
        assert post(client, path, {"name": "", "kind": "data"}, "k1").status_code == 400
        assert post(client, path, {"name": "a", "kind": "data"}, "k1").status_code == 201

    def test_a_secret_is_neither_stored_nor_repeated(self, cast: Cast) -> None:
        client, body = browser(cast.dev), {"name": "ci", "role": "annotator"}
        secret = post(client, f"{BASE}/tokens", body, "k1").json()["secret"]
        again = post(client, f"{BASE}/tokens", body, "k1")
        assert (again.status_code, again.json()["code"]) == (
            409,
            "idempotency.secret_not_repeated",
        )
        with tenant(cast.acme.id):
            record = IdempotencyRecord.objects.get()
            assert record.body is None
            assert secret not in str(vars(record))


def test_pages_follow_one_another_and_miss_nothing(cast: Cast) -> None:
    with tenant(cast.acme.id):
        Asset.objects.bulk_create(
            Asset(
                organization=cast.acme,
                project=cast.project,
                name=f"asset {number}",
                kind="data",
                created_by=cast.olga,
            )
            for number in range(7)
        )
    client, seen = browser(cast.dev), []
    address: str | None = f"{BASE}/projects/{cast.project.id}/assets?page_size=3"
    while address:
        page = client.get(address).json()
        assert len(page["results"]) <= 3
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 9


def test_too_many_requests_are_told_when_to_come_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(UserRateThrottle, "rate", "2/min", raising=False)
    client = browser(cast.dev)
    statuses = [client.get("/api/v1/me").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.get("/api/v1/me")
    assert int(refused["Retry-After"]) > 0
    assert refused.json()["code"] == "request.throttled"
    cache.clear()


def test_a_write_without_the_csrf_token_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.dev, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = post(strict, f"{BASE}/tokens", {"name": "x", "role": "annotator"})
    assert (answer.status_code, answer.json()["family"]) == (403, "customer")


def test_a_problem_names_the_field_and_is_typed(cast: Cast) -> None:
    answer = post(browser(cast.dev), f"{BASE}/projects", {"title": ""})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert {error["field"] for error in problem["errors"]} == {"title", "cluster"}
    assert (problem["code"], problem["family"]) == ("request.invalid", "customer")


def test_missing_and_forbidden_look_alike(cast: Cast) -> None:
    missing = browser(cast.tim).get(f"{BASE}/projects/00000000-0000-4000-8000-000000000000")
    forbidden = browser(cast.tim).get(f"{BASE}/projects/{cast.project.id}")
    assert missing.status_code == forbidden.status_code == 404
    assert missing.json() == forbidden.json()
    nowhere = browser(cast.tim).get("/api/v1/organizations/nowhere/projects")
    strange = browser(cast.tim).get("/api/v1/organizations/umbrella/projects")
    assert nowhere.json() == strange.json() == missing.json()


class TestConsole:
    """The console's page, built or not, and what it may load."""

    def test_it_answers_every_path_that_is_no_apis(
        self, db: None, settings: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "index.html").write_text("<title>Annex</title>")
        settings.CONSOLE_BUILD = tmp_path
        for path in ("/", "/acme/projects", "/invitations/x", "/sign-in"):
            page = Client().get(path)
            assert (page.status_code, page.content) == (200, b"<title>Annex</title>")
            assert "script-src 'self';" in page["Content-Security-Policy"]
            assert "annex_csrf" in page.cookies

    def test_it_says_when_it_is_not_built(self, db: None, settings: Any, tmp_path: Path) -> None:
        settings.CONSOLE_BUILD = tmp_path / "nothing"
        page = Client().get("/acme/projects")
        assert page.status_code == 503
        assert b"not built yet" in page.content

    def test_an_api_path_that_does_not_exist_is_a_problem(self, db: None) -> None:
        answer = Client().get("/api/v1/nothing")
        assert (answer.status_code, answer.json()["code"]) == (404, "resource.not_found")

    def test_answers_carry_strict_headers(self, cast: Cast) -> None:
        answer = browser(cast.dev).get("/api/v1/me")
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
