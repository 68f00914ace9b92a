"""The only way from an outside id to a row of the accounts; missing equals forbidden."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role

from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.models import ApiToken, Invitation, Membership
from controlplane.accounts.tokens import tokens_for
from controlplane.lib.querysets import get_or_not_found


def access_member(actor: Actor, member_id: UUID) -> Membership:
    """Return a member of the actor's organization."""
    require_role(actor, Role.DEVELOPER)
    return get_or_not_found(Membership.objects.select_related("user"), member_id)


def access_invitation(actor: Actor, invitation_id: UUID) -> Invitation:
    """Return an invitation of the actor's organization that is not yet accepted."""
    require_role(actor, Role.ADMIN)
    return get_or_not_found(Invitation.objects.filter(accepted_at=None), invitation_id)


def access_token(actor: Actor, token_id: UUID) -> ApiToken:
    """Return a token: one's own, or any for admins and owners."""
    require_role(actor, Role.DEVELOPER)
    return get_or_not_found(tokens_for(actor), token_id)
