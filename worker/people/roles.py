"""Order of roles, and the weaker of two."""

from __future__ import annotations

from annex.contract.enums import Role

_STRONGEST_FIRST = tuple(Role)


def reaches(role: Role | None, at_least: Role) -> bool:
    """Say whether `role` is `at_least` or stronger; no role reaches nothing."""
    return role is not None and _rank(role) <= _rank(at_least)


def weaker(one: Role, other: Role) -> Role:
    """Return the weaker of two roles."""
    return max(one, other, key=_rank)


def strongest(roles: list[Role]) -> Role:
    """Return the strongest of the roles, `annotator` of none."""
    return min(roles, key=_rank, default=Role.ANNOTATOR)


def read_roles(raw: object) -> dict[str, Role]:
    """Read `{project id: role}` as it stands in a token or session row.

    Raises: ValueError for any other shape or an unknown role.
    """
    if not isinstance(raw, dict):
        raise ValueError("roles are not a table")
    return {str(project): Role(role) for project, role in raw.items()}


def _rank(role: Role) -> int:
    return _STRONGEST_FIRST.index(role)
