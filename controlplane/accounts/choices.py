"""Closed vocabularies of the accounts."""

from __future__ import annotations

from annex.contract.enums import Role

ROLE_CHOICES = [(role.value, role.value.capitalize()) for role in Role]
ROLES_BY_STRENGTH: tuple[Role, ...] = tuple(Role)
"""Strongest first, as the contract lists them."""

ROLES_WITH_EVERY_PROJECT = frozenset({Role.OWNER, Role.ADMIN, Role.DEVELOPER})
"""The others see only the projects they were added to."""


def is_at_least(role: Role, needed: Role) -> bool:
    """Say whether `role` is as strong as `needed`."""
    return ROLES_BY_STRENGTH.index(role) <= ROLES_BY_STRENGTH.index(needed)


def weaker_of(one: Role, other: Role) -> Role:
    """Return the weaker of two roles."""
    return max(one, other, key=ROLES_BY_STRENGTH.index)
