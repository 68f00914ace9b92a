"""Walk every URL of the control plane as every kind of person, method by method."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from annex.contract.enums import JobRecipe, LabelChangeKind, Role
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from controlplane.accounts.choices import is_at_least
from controlplane.accounts.invitations import invite_member
from controlplane.accounts.models import Membership, User
from controlplane.accounts.tokens import create_token
from controlplane.board.actions import start_job
from controlplane.lib.tenancy import tenant
from controlplane.projects.label_changes import Wish, count_change
from tests.controlplane.cast import Cast, browser
from tests.isolation.controlplane.declarations import (
    ANYONE,
    DECLARED,
    KEPT_BY_ALLAUTH,
    OTHER_DOOR,
    SIGNED_BY_CLUSTERS,
    SIGNED_IN,
    SIGNS_IN_FIRST,
    Access,
)

METHODS = ("get", "post", "put", "patch", "delete")
OTHER_DOORS = (SIGNED_BY_CLUSTERS, KEPT_BY_ALLAUTH)


def walk(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (path, pattern) of every view the resolver can reach."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, path)
        else:
            yield path, pattern


ROUTES = {
    pattern.name or path: path
    for path, pattern in walk(get_resolver().url_patterns)
    if not path.startswith(OTHER_DOORS)
}


def test_every_url_is_declared_and_every_declaration_has_a_url() -> None:
    assert set(ROUTES) == set(DECLARED)


def test_the_walk_finds_the_other_doors_too() -> None:
    paths = [path for path, _ in walk(get_resolver().url_patterns)]
    for door in OTHER_DOORS:
        assert any(path.startswith(door) for path in paths)


@pytest.fixture
def ids(cast: Cast) -> dict[str, str]:
    """Return what the parts of a path and of a body stand for."""
    with tenant(cast.acme.id):
        owner = cast.actor(cast.olga)
        job = start_job(
            actor=owner,
            project=cast.project,
            recipe=JobRecipe.EXPORT,
            arguments={"dataset": str(cast.training.id)},
        )
        token, _ = create_token(
            actor=cast.actor(cast.dev), name="t", role=Role.ANNOTATOR, expires_at=None
        )
        change = count_change(
            actor=owner,
            project=cast.project,
            wish=Wish(LabelChangeKind.DELETE, [cast.labels[0].id], [], []),
        )
        invitation = invite_member(actor=owner, email="i@example.org", role=Role.ANNOTATOR)
        return {
            "organization": cast.acme.slug,
            "project": str(cast.project.id),
            "cluster": str(cast.cluster.id),
            "member": str(Membership.objects.get(user=cast.anna).id),
            "tim": str(Membership.objects.get(user=cast.tim).id),
            "invitation": str(invitation.id),
            "token": str(token.id),
            "asset": str(cast.data.id),
            "patterns": str(cast.patterns.id),
            "training": str(cast.training.id),
            "held_back": str(cast.held_back.id),
            "task": str(cast.task.id),
            "model": str(cast.model.id),
            "job": str(job.id),
            "label": str(cast.labels[1].id),
            "change": str(change.id),
        }


def address(name: str, ids: dict[str, str]) -> str:
    """Return the path of a URL with the cast's ids in it."""
    if name == "console":
        return "/acme/projects"
    path = ROUTES[name].replace("<str:token>", "ani_nobody-knows-this")
    for part, value in ids.items():
        for converter in ("uuid", "slug", "str"):
            path = path.replace(f"<{converter}:{part}>", value)
    return "/" + path


def send(client: Client, method: str, name: str, ids: dict[str, str]) -> int:
    """Send one request, undo what it did, and return the status."""
    body = json.dumps(DECLARED[name].bodies.get(method, {}))
    for part, value in ids.items():
        body = body.replace("{" + part + "}", value)
    with transaction.atomic():
        response = client.generic(
            method.upper(), address(name, ids), body, content_type="application/json"
        )
        transaction.set_rollback(True)
    return response.status_code


def people(cast: Cast) -> dict[str, User | None]:
    """Return the four kinds of people, and the roles between."""
    return {
        "owner": cast.olga,
        "developer": cast.dev,
        "reviewer": cast.rita,
        "annotator": cast.anna,
        "teammate": cast.tim,
        "stranger": cast.sam,
        "anonymous": None,
    }


ROLE_OF = {
    "owner": Role.OWNER,
    "developer": Role.DEVELOPER,
    "reviewer": Role.REVIEWER,
    "annotator": Role.ANNOTATOR,
    "teammate": Role.ANNOTATOR,
}


def expected(access: Access, method: str, person: str) -> set[int]:
    """Return the statuses that are right for a person at a URL."""
    needed = access.methods.get(method)
    if needed is None:
        # Without the method nobody is let in, so a refusal may come before the 405.
        return {401, 403, 404, 405}
    if isinstance(needed, Role):
        return expected_of_member(access, needed, person)
    if person == "anonymous":
        return {ANYONE: {200, 503}, OTHER_DOOR: {403, 404}, SIGNS_IN_FIRST: {302}}.get(
            needed, {401}
        )
    return {
        ANYONE: {200, 503},
        OTHER_DOOR: {403, 404},
        SIGNS_IN_FIRST: {400, 404},
        SIGNED_IN: {200, 201, 400},
    }[needed]


def expected_of_member(access: Access, needed: Role, person: str) -> set[int]:
    """Return the statuses that are right where a role of the organization decides."""
    if person not in ROLE_OF:
        return {401} if person == "anonymous" else {404}
    allowed = is_at_least(ROLE_OF[person], needed)
    if access.in_project and person == "teammate":
        return {404} if allowed else {403, 404}
    # 409: let in, and refused for a reason of the thing itself (no key to confirm yet).
    return {200, 201, 204, 409} if allowed else {403}


@pytest.mark.parametrize(
    "person", ["owner", "developer", "reviewer", "annotator", "teammate", "stranger", "anonymous"]
)
def test_a_person_at_every_url(cast: Cast, ids: dict[str, str], person: str) -> None:
    client, wrong = browser(people(cast)[person]), []
    for name, access in DECLARED.items():
        # Who asks matters little where nobody is let in: two people are enough there.
        methods = METHODS if person in {"owner", "anonymous"} else access.methods
        for method in methods:
            status = send(client, method, name, ids)
            if status not in expected(access, method, person):
                wrong.append(f"{method} {name}: {status}")
    assert not wrong, f"{person}: " + "; ".join(wrong)


def test_an_id_of_another_organization_is_missing_even_to_its_owner(
    cast: Cast, ids: dict[str, str]
) -> None:
    """Sam goes through his own organization with Acme's ids."""
    through_own = ids | {"organization": cast.umbrella.slug}
    client = browser(cast.sam)
    for name, access in DECLARED.items():
        for method in access.methods if access.in_project else ():
            assert send(client, method, name, through_own) == 404, f"{method} {name}"
