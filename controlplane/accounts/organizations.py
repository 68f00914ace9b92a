"""Make organizations."""

from __future__ import annotations

import uuid

from annex.contract.enums import Role
from django.db import IntegrityError
from django.utils.text import slugify

from controlplane.accounts.actors import Actor
from controlplane.accounts.models import Membership, Organization, User
from controlplane.audit.actions import record
from controlplane.lib.errors import NameTaken
from controlplane.lib.lookups import organization_by_slug
from controlplane.lib.tenancy import tenant

SLUG_LENGTH = 48
RESERVED_SLUGS = frozenset(
    "api assets authorize device hand-back invitations link password-reset sign-in static".split()
)
"""First parts of paths that are no organization's in the console."""


def create_organization(*, user: User, name: str, slug: str = "") -> Organization:
    """Make an organization with the user as its owner.

    Args: slug: derived from the name when empty. Raises: NameTaken (customer).
    """
    organization = Organization(id=uuid.uuid4(), name=name, slug=slug or _free_slug(name))
    if organization.slug in RESERVED_SLUGS:
        raise NameTaken("This slug is reserved.", field="slug")
    try:
        with tenant(organization.id):
            organization.save(force_insert=True)
            Membership.objects.create(organization=organization, user=user, role=Role.OWNER.value)
            actor = Actor(organization=organization, user=user, role=Role.OWNER)
            record(
                actor=actor,
                verb="organization.created",
                noun="organization",
                noun_id=organization.id,
            )
    except IntegrityError:
        raise NameTaken("An organization with this slug exists.", field="slug") from None
    return organization


def _free_slug(name: str) -> str:
    base = slugify(name)[: SLUG_LENGTH - 6].strip("-") or "organization"
    if base not in RESERVED_SLUGS and organization_by_slug(base) is None:
        return base
    return f"{base}-{uuid.uuid4().hex[:5]}"


def rename_user(*, user: User, name: str) -> User:
    """Change the name a person is shown under. Clusters hear it with their next snapshot."""
    user.name = name
    user.save(update_fields=["name"])
    return user
