"""Change and end memberships."""

from __future__ import annotations

from annex.contract.enums import Role
from django.db import transaction

from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.changes import tell_membership_changed
from controlplane.accounts.choices import is_at_least
from controlplane.accounts.errors import LastOwner, RoleTooStrong
from controlplane.accounts.models import ApiToken, Membership
from controlplane.audit.actions import record


@transaction.atomic
def change_role(*, actor: Actor, member: Membership, role: Role) -> Membership:
    """Give a member another role. Raises: RoleTooStrong, LastOwner (customer)."""
    require_role(actor, Role.ADMIN)
    check_can_manage(actor, member.contract_role)
    check_can_manage(actor, role)
    if role is not Role.OWNER:
        _check_not_last_owner(member)
    member.role = role.value
    member.save(update_fields=["role"])
    record(actor=actor, verb="member.role_changed", noun="member", noun_id=member.id)
    tell_membership_changed(actor.organization, member.user, still_member=True)
    return member


@transaction.atomic
def remove_member(*, actor: Actor, member: Membership) -> None:
    """End a membership and the tokens the person made; clusters end their sessions."""
    require_role(actor, Role.ADMIN)
    check_can_manage(actor, member.contract_role)
    _check_not_last_owner(member)
    member_id, user = member.id, member.user
    ApiToken.objects.filter(made_by=user).delete()
    member.delete()
    record(actor=actor, verb="member.removed", noun="member", noun_id=member_id)
    tell_membership_changed(actor.organization, user, still_member=False)


def check_can_manage(actor: Actor, role: Role) -> None:
    """Refuse to touch or give a role stronger than the actor's own."""
    if not is_at_least(actor.role, role):
        raise RoleTooStrong(field="role")


def _check_not_last_owner(member: Membership) -> None:
    if member.contract_role is not Role.OWNER:
        return
    # Locked, so that two owners cannot remove each other at the same moment.
    owners = list(Membership.objects.select_for_update().filter(role=Role.OWNER.value))
    if all(owner.pk == member.pk for owner in owners):
        raise LastOwner(field="role")
