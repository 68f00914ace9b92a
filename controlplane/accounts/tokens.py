"""API tokens: made once, shown once, checked by digest."""

from __future__ import annotations

from datetime import datetime, timedelta

from annex.contract.enums import Role
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.choices import weaker_of
from controlplane.accounts.members import check_can_manage
from controlplane.accounts.models import ApiToken, Membership
from controlplane.audit.actions import record
from controlplane.lib.secrets import digest_secret, mint_secret

SECRET_PREFIX = "anx_"  # noqa: S105 - a prefix, not a secret
SHOWN_CHARACTERS = 8
USE_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_token(
    *, actor: Actor, name: str, role: Role, expires_at: datetime | None
) -> tuple[ApiToken, str]:
    """Make a token no stronger than its maker.

    Returns: the row and the secret, which nobody can read again.
    """
    require_role(actor, Role.DEVELOPER)
    check_can_manage(actor, role)
    secret = mint_secret(SECRET_PREFIX)
    token = ApiToken.objects.create(
        organization=actor.organization,
        name=name,
        role=role.value,
        made_by=actor.user,
        prefix=secret[:SHOWN_CHARACTERS],
        digest=digest_secret(secret),
        expires_at=expires_at,
    )
    record(actor=actor, verb="token.created", noun="token", noun_id=token.id)
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Actor, token: ApiToken) -> None:
    """Delete a token: it stops working at once."""
    token_id = token.id
    token.delete()
    record(actor=actor, verb="token.revoked", noun="token", noun_id=token_id)


def tokens_for(actor: Actor) -> QuerySet[ApiToken]:
    """Return the actor's own tokens, or all for admins and owners."""
    rows = ApiToken.objects.all()
    return rows if actor.is_at_least(Role.ADMIN) else rows.filter(made_by=actor.user)


def actor_of_token(token: ApiToken) -> Actor | None:
    """Return who acts with a token; None when it or its maker may not act any more.

    A token is never stronger than its maker is now.
    """
    membership = Membership.objects.filter(user=token.made_by, user__is_active=True).first()
    if membership is None or token.is_expired:
        return None
    role = weaker_of(Role(token.role), membership.contract_role)
    return Actor(organization=token.organization, user=token.made_by, role=role, token=token)


def note_use(token: ApiToken) -> None:
    """Note the moment of use, at most once a minute."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
