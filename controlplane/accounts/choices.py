"""Closed vocabularies of the accounts."""

from __future__ import annotations

from enum import StrEnum

from annex.contract.enums import Role

ROLE_CHOICES = [(role.value, role.value.capitalize()) for role in Role]
ROLES_BY_STRENGTH: tuple[Role, ...] = tuple(Role)
"""Strongest first, as the contract lists them."""

ROLES_WITH_EVERY_PROJECT = frozenset({Role.OWNER, Role.ADMIN, Role.DEVELOPER})
"""The others see only the projects they were added to."""


class DeviceLoginState(StrEnum):
    """How far a laptop's login is."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    COLLECTED = "collected"


DEVICE_LOGIN_STATES = [(state.value, state.value) for state in DeviceLoginState]


def is_at_least(role: Role, needed: Role) -> bool:
    """Say whether `role` is as strong as `needed`."""
    return ROLES_BY_STRENGTH.index(role) <= ROLES_BY_STRENGTH.index(needed)


def weaker_of(one: Role, other: Role) -> Role:
    """Return the weaker of two roles."""
    return max(one, other, key=ROLES_BY_STRENGTH.index)
