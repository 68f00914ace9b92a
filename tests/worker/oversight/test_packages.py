"""Packages of recipes at the administrators' door: one that waits is approved, once, by name."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from annex.contract.enums import Role
from django.test import Client
from pytest_django import Settings

from tests.worker.cast import make_stage, sign_in
from worker.people.models import AccessRow, Subject, What
from worker.published.models import Package

pytestmark = pytest.mark.django_db


@pytest.fixture
def package() -> Package:
    return Package.objects.create(
        name="polite-recipes",
        version="1.0.0",
        digest="0" * 64,
        state=Package.State.WAITING,
        published_by=uuid4(),
    )


def approve(client: Client, package: Package) -> Any:
    return client.post(f"/api/packages/{package.id}/approve")


def test_an_administrator_approves_what_waits(
    administrator: Client, olga: Subject, package: Package
) -> None:
    listed = administrator.get("/api/packages").json()
    assert (listed["packages"][0]["state"], listed["may_approve"]) == ("waiting", True)
    approved = approve(administrator, package).json()
    assert (approved["state"], approved["approved_by"]) == ("installing", "Olga")
    row = AccessRow.objects.get(what=What.PACKAGE_APPROVED)
    assert (row.subject, row.noun_id) == (olga.id, package.id)
    again = approve(administrator, package)
    assert (again.status_code, again.json()["code"]) == (404, "package.unknown")
    assert AccessRow.objects.filter(what=What.PACKAGE_APPROVED).count() == 1


def test_a_developer_sees_it_wait(package: Package) -> None:
    stage = make_stage()
    dev = sign_in(stage.person("Dev", Role.DEVELOPER), {stage.project.id: Role.DEVELOPER})
    assert dev.get("/api/packages").json()["may_approve"] is False
    assert approve(dev, package).status_code == 404
    package.refresh_from_db()
    assert package.state == Package.State.WAITING


def test_approving_may_be_left_to_the_command_line(
    administrator: Client, package: Package, settings: Settings
) -> None:
    settings.ADMINISTRATION_IN_BROWSER = False
    assert administrator.get("/api/packages").json()["may_approve"] is False
    refused = approve(administrator, package)
    assert (refused.status_code, refused.json()["code"]) == (403, "people.command_line_only")
    package.refresh_from_db()
    assert package.state == Package.State.WAITING
