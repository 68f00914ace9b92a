"""Walk every URL of the control plane as every kind of person, method by method."""

from __future__ import annotations

import pytest
from annex.contract.enums import Role
from django.urls import get_resolver

from controlplane.accounts.choices import is_at_least
from controlplane.accounts.models import User
from tests.controlplane.cast import Cast, browser
from tests.isolation.controlplane.declarations import (
    ANYONE,
    DECLARED,
    OTHER_DOOR,
    SIGNED_IN,
    SIGNS_IN_FIRST,
    Access,
)
from tests.isolation.controlplane.routes import OTHER_DOORS, ROUTES, send, walk

METHODS = ("get", "post", "put", "patch", "delete")


def test_every_url_is_declared_and_every_declaration_has_a_url() -> None:
    assert set(ROUTES) == set(DECLARED)


def test_the_walk_finds_the_other_doors_too() -> None:
    paths = [path for path, _ in walk(get_resolver().url_patterns)]
    for door in OTHER_DOORS:
        assert any(path.startswith(door) for path in paths)


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
        return {ANYONE: {200, 201, 503}, OTHER_DOOR: {403, 404}, SIGNS_IN_FIRST: {302}}.get(
            needed, {401}
        )
    return {
        ANYONE: {200, 201, 503},
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
