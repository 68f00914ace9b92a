"""Sign a laptop in: it shows a short code, a person approves it in the console, it gets a token.

The long code never leaves the laptop and the control plane; the short one is good for ten minutes,
and how often a person may try one is bounded at the edge.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from annex.contract.enums import Role
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from common.errors import Unavailable
from controlplane.accounts.actors import Actor, require_role
from controlplane.accounts.choices import DeviceLoginState, weaker_of
from controlplane.accounts.errors import (
    DeviceLoginDecided,
    DeviceLoginExpired,
    DeviceLoginGone,
    DeviceLoginRefused,
)
from controlplane.accounts.members import check_can_manage
from controlplane.accounts.models import ApiToken, DeviceApproval, DeviceLogin, Membership
from controlplane.accounts.tokens import create_token
from controlplane.audit.actions import record
from controlplane.lib.errors import Forbidden
from controlplane.lib.lookups import device_approval_by_login
from controlplane.lib.secrets import digest_secret, mint_secret
from controlplane.lib.tenancy import tenant

SECRET_PREFIX: Final = "and_"  # noqa: S105 - a prefix, not a secret
LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""Without vowels, so that no code is a word, and without what is mistaken for a digit."""
CODE_LENGTH: Final = 8
LIFE: Final = timedelta(minutes=10)
KEPT: Final = timedelta(hours=1)
"""After its end a login still says for a while what became of it."""
INTERVAL_SECONDS: Final = 5
TOKEN_LIFE: Final = timedelta(days=90)


@dataclass(frozen=True)
class NewLogin:
    """A login with its two codes, which nobody can read again."""

    login: DeviceLogin
    device_code: str
    user_code: str


@dataclass(frozen=True)
class Collected:
    """The token a laptop was given, with its secret."""

    token: ApiToken
    secret: str


def start_login(*, machine: str) -> NewLogin:
    """Let a laptop ask. Args: machine: what its person will recognise it by.

    Raises: Unavailable (transient) once in many million times.
    """
    DeviceLogin.objects.filter(expires_at__lt=timezone.now() - KEPT).delete()
    device_code, user_code = mint_secret(SECRET_PREFIX), mint_user_code()
    try:
        with transaction.atomic():
            login = DeviceLogin.objects.create(
                device_digest=digest_secret(device_code),
                user_digest=digest_user_code(user_code),
                machine=machine,
                state=DeviceLoginState.WAITING.value,
                expires_at=timezone.now() + LIFE,
            )
    except IntegrityError:
        raise Unavailable("Two logins drew the same code.") from None
    return NewLogin(login, device_code, user_code)


def login_of_user_code(user_code: str) -> DeviceLogin:
    """Return the login a person means. Raises: DeviceLoginGone, DeviceLoginExpired (customer)."""
    login = DeviceLogin.objects.filter(user_digest=digest_user_code(user_code)).first()
    if login is None:
        raise DeviceLoginGone
    if login.is_expired:
        raise DeviceLoginExpired
    return login


@transaction.atomic
def approve_login(*, actor: Actor, user_code: str, role: Role) -> DeviceLogin:
    """Let a laptop in, with a token of the actor's organization.

    Raises: DeviceLoginGone, DeviceLoginExpired, DeviceLoginDecided, RoleTooStrong (customer).
    """
    if actor.token is not None:
        raise Forbidden("A token lets no machine in; a person who is signed in does.")
    require_role(actor, Role.DEVELOPER)
    check_can_manage(actor, role)
    login = _decide(user_code, DeviceLoginState.APPROVED)
    DeviceApproval.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    DeviceApproval.objects.create(
        organization=actor.organization, login_id=login.id, user=actor.user, role=role.value
    )
    record(actor=actor, verb="device_login.approved", noun="device_login", noun_id=login.id)
    return login


@transaction.atomic
def refuse_login(*, user_code: str) -> DeviceLogin:
    """Let a laptop know that it stays outside. Raises: as `approve_login`."""
    return _decide(user_code, DeviceLoginState.REFUSED)


@transaction.atomic
def collect_token(*, device_code: str) -> Collected | None:
    """Return the token of an approved login, once; None while nobody has decided.

    Raises: DeviceLoginGone, DeviceLoginExpired, DeviceLoginRefused; Forbidden when whoever
    approved has become too weak to make a token (customer).
    """
    # Locked, so that of two laptops with the same code one gets the token.
    rows = DeviceLogin.objects.select_for_update()
    login = rows.filter(device_digest=digest_secret(device_code)).first()
    if login is None or login.state == DeviceLoginState.COLLECTED:
        raise DeviceLoginGone
    if login.state == DeviceLoginState.REFUSED:
        raise DeviceLoginRefused
    if login.is_expired:
        raise DeviceLoginExpired
    if login.state == DeviceLoginState.WAITING:
        return None
    _set_state(login, DeviceLoginState.COLLECTED)
    return _make_token(login)


def _make_token(login: DeviceLogin) -> Collected:
    found = device_approval_by_login(login.id)
    if found is None:
        raise DeviceLoginGone  # whoever approved is gone, and their approval with them
    organization_id, approval_id = found
    with tenant(organization_id):
        approval = DeviceApproval.objects.select_related("organization").get(pk=approval_id)
        maker = (
            Membership.objects.select_related("user")
            .filter(user=approval.user_id, user__is_active=True)
            .first()
        )
        if maker is None:
            raise DeviceLoginRefused("Whoever approved it is no member any more.")
        actor = Actor(approval.organization, maker.user, maker.contract_role)
        token, secret = create_token(
            actor=actor,
            name=f"CLI on {login.machine}",
            role=weaker_of(Role(approval.role), maker.contract_role),
            expires_at=timezone.now() + TOKEN_LIFE,
        )
        approval.delete()
        return Collected(token, secret)


def _decide(user_code: str, state: DeviceLoginState) -> DeviceLogin:
    rows = DeviceLogin.objects.select_for_update()
    login = rows.filter(pk=login_of_user_code(user_code).pk).get()
    if login.state != DeviceLoginState.WAITING:
        raise DeviceLoginDecided
    _set_state(login, state)
    return login


def _set_state(login: DeviceLogin, state: DeviceLoginState) -> None:
    login.state = state.value
    login.save(update_fields=["state"])


def mint_user_code() -> str:
    """Return eight random letters: one of 25,600 million codes, as `BCDF-GHJK`."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def digest_user_code(user_code: str) -> str:
    """Return the digest of a code however it is typed.

    Keyed, unlike a secret's: all codes could be tried against a stolen table.
    """
    letters = "".join(letter for letter in user_code.upper() if letter in LETTERS)
    digest = salted_hmac("annex.device_login", letters, algorithm="sha256")
    return digest.hexdigest()
