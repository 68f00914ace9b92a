"""Reads that cross organizations: what one person belongs to."""

from __future__ import annotations

from controlplane.accounts.models import Membership, User
from controlplane.lib.lookups import organizations_of_user
from controlplane.lib.tenancy import tenant


def memberships_of(user: User) -> list[Membership]:
    """Return a person's memberships with their organizations, entering each in turn."""
    found: list[Membership] = []
    for organization_id in organizations_of_user(user.id):
        with tenant(organization_id):
            rows = Membership.objects.select_related("organization").filter(user=user)
            found.extend(rows)
    return found
