"""Who acts: a person in one organization, in person or through an API token."""

from __future__ import annotations

from dataclasses import dataclass

from annex.contract.enums import Role

from controlplane.accounts.choices import ROLES_WITH_EVERY_PROJECT, is_at_least
from controlplane.accounts.models import ApiToken, Membership, Organization, User
from controlplane.lib.errors import Forbidden


@dataclass(frozen=True)
class Actor:
    """Whoever acts in `organization`. With a token, `user` is the person who made the token."""

    organization: Organization
    user: User
    role: Role
    token: ApiToken | None = None

    def is_at_least(self, role: Role) -> bool:
        """Say whether the actor is as strong as `role`."""
        return is_at_least(self.role, role)

    @property
    def sees_every_project(self) -> bool:
        """Whether the role alone shows every project."""
        return self.role in ROLES_WITH_EVERY_PROJECT


def require_role(actor: Actor, needed: Role) -> None:
    """Raise Forbidden unless the actor is as strong as `needed`."""
    if not actor.is_at_least(needed):
        raise Forbidden(f"This needs the role {needed.value}; yours is {actor.role.value}.")


def actor_of(*, organization: Organization, user: User) -> Actor:
    """Return the actor for work done later in a person's name.

    Someone who has left since acts with the weakest role: work already begun is finished,
    nothing is permitted on the strength of it.
    """
    membership = Membership.objects.filter(user=user).first()
    role = membership.contract_role if membership else Role.ANNOTATOR
    return Actor(organization=organization, user=user, role=role)
