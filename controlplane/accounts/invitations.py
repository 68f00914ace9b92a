"""Invite people by mail and let them in."""

from __future__ import annotations

import functools
from datetime import timedelta

from allauth.account.models import EmailAddress
from annex.contract.enums import Role
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.changes import tell_membership_changed
from controlplane.accounts.errors import (
    AlreadyInvited,
    AlreadyMember,
    InvitationExpired,
    InvitationGone,
    SignInFirst,
)
from controlplane.accounts.members import check_can_manage
from controlplane.accounts.models import Invitation, Membership, User
from controlplane.accounts.tasks import send_invitation_task
from controlplane.audit.actions import record
from controlplane.lib.errors import InvalidRequest
from controlplane.lib.secrets import digest_secret, mint_secret

INVITATION_DAYS = 7
SECRET_PREFIX = "ani_"  # noqa: S105 - a prefix, not a secret
MAIL = """{inviter} invites you to {organization} on Annex as {role}.

Accept here (until {until}):
{link}

If you do not know {inviter}, ignore this mail.
"""


@transaction.atomic
def invite_member(*, actor: Actor, email: str, role: Role) -> Invitation:
    """Invite an address. Effects: one mail on commit, with a link that holds the secret.

    Raises: AlreadyMember, AlreadyInvited, RoleTooStrong (customer).
    """
    require_role(actor, Role.ADMIN)
    check_can_manage(actor, role)
    email = email.strip().lower()
    if Membership.objects.filter(user__email=email).exists():
        raise AlreadyMember(field="email")
    waiting = Invitation.objects.filter(email=email, accepted_at=None)
    # An expired one is listed nowhere, so nobody could withdraw it first.
    waiting.filter(expires_at__lte=timezone.now()).delete()
    if waiting.exists():
        raise AlreadyInvited(field="email")
    invitation = Invitation.objects.create(
        organization=actor.organization,
        email=email,
        role=role.value,
        invited_by=actor.user,
        # Replaced when the mail is written; until then nobody, we included, knows a secret for it.
        digest=digest_secret(mint_secret(SECRET_PREFIX)),
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    record(actor=actor, verb="invitation.sent", noun="invitation", noun_id=invitation.id)
    ids = (str(actor.organization.id), str(invitation.id))
    transaction.on_commit(functools.partial(send_invitation_task.delay, *ids))
    return invitation


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Delete an invitation: its link stops working at once."""
    require_role(actor, Role.ADMIN)
    invitation_id = invitation.id
    invitation.delete()
    record(actor=actor, verb="invitation.withdrawn", noun="invitation", noun_id=invitation_id)


def send_invitation(invitation: Invitation) -> None:
    """Mint the secret, keep its digest, and mail the link: the secret passes no broker."""
    secret = mint_secret(SECRET_PREFIX)
    invitation.digest = digest_secret(secret)
    invitation.save(update_fields=["digest"])
    text = MAIL.format(
        inviter=invitation.invited_by.name,
        organization=invitation.organization.name,
        role=invitation.role,
        until=f"{invitation.expires_at:%d %B %Y}",
        link=f"{settings.CONSOLE_ORIGIN}/invitations/{secret}",
    )
    subject = f"Invitation to {invitation.organization.name} on Annex"
    send_mail(" ".join(subject.split()), text, None, [invitation.email])


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, signed_in: User | None, name: str, password: str
) -> User:
    """Make the invited person a member; create their account if there is none.

    Args: signed_in: whoever is signed in, if anybody. `name`, `password`: for a new account.
    Raises: InvitationGone, InvitationExpired, SignInFirst, InvalidRequest (customer).
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _check_open(invitation)
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = _create_account(invitation, name, password)
    elif signed_in != user:
        raise SignInFirst
    _join(invitation, user)
    return user


def _check_open(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise InvitationGone
    if invitation.is_expired:
        raise InvitationExpired


def _create_account(invitation: Invitation, name: str, password: str) -> User:
    if not name.strip():
        raise InvalidRequest("Say your name.", field="name")
    try:
        validate_password(password, User(email=invitation.email, name=name))
    except ValidationError as error:
        raise InvalidRequest(" ".join(error.messages), field="password") from None
    user = User.objects.create_user(invitation.email, name.strip(), password)
    # The link was mailed to this address: that is the verification.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _join(invitation: Invitation, user: User) -> None:
    organization = invitation.organization
    member, _ = Membership.objects.get_or_create(
        organization=organization, user=user, defaults={"role": invitation.role}
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    actor = Actor(organization=organization, user=user, role=member.contract_role)
    record(actor=actor, verb="invitation.accepted", noun="invitation", noun_id=invitation.id)
    tell_membership_changed(organization, user, still_member=True)
