"""Signing a laptop in: it asks, a person with a browser decides, it fetches its token once.

Source: RFC 8628, with the house's errors in place of its own.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from annex.contract.enums import LoginOutcome
from annex.contract.outbound import LoginAudited
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from common.errors import AnnexError, Conflict, Family, Forbidden, TooManyRequests
from worker.link.outbox import emit
from worker.people.actions import make_code
from worker.people.models import DeviceLogin, ScriptToken, Session
from worker.people.scripts.policy import check_scripts_allowed
from worker.people.scripts.tokens import make_script_token
from worker.people.sessions import hash_key

LIFE = timedelta(minutes=10)
INTERVAL = timedelta(seconds=5)
MOST_OPEN = 200
"""Whoever asks is a stranger: this many rows of theirs, and no more."""
USER_CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


class DeviceLoginGone(AnnexError):
    """No laptop waits under this code any more, or none ever did."""

    code = "device_login.gone"
    family = Family.CUSTOMER
    status = 404
    title = "No laptop is waiting under this code"
    what_to_do = "Run `annex login --cluster` again; a code lasts ten minutes and works once."


class DeviceLoginRefused(Forbidden):
    """The person in front of the browser did not let the laptop in."""

    code = "device_login.refused"
    title = "The login was refused in the browser"
    what_to_do = "Run `annex login --cluster` again if that was a mistake."


class DeviceLoginDecided(Conflict):
    """Somebody has decided about this laptop already."""

    code = "device_login.decided"
    title = "This has been decided already"
    what_to_do = "Run `annex login --cluster` again for another code."


class PolledTooSoon(TooManyRequests):
    """The laptop asks more often than it was told to."""

    code = "device_login.too_soon"
    retry_after_seconds = INTERVAL.total_seconds()


class TooManyDeviceLogins(TooManyRequests):
    """More laptops wait than a cluster has people."""

    code = "device_login.too_many"
    title = "Too many laptops are waiting to be let in"
    retry_after_seconds = 60.0


@dataclass(frozen=True)
class LetIn:
    """What a laptop gets: the row of its token, and the secret that is told once."""

    token: ScriptToken
    secret: str


@transaction.atomic
def begin_device_login(laptop: str) -> tuple[DeviceLogin, str]:
    """Let a laptop wait for a person; return its row and the code that it polls with.

    Raises: TooManyDeviceLogins.
    """
    now = timezone.now()
    DeviceLogin.objects.filter(expires_at__lt=now).delete()
    if DeviceLogin.objects.count() >= MOST_OPEN:
        raise TooManyDeviceLogins()
    device_code = secrets.token_urlsafe(32)
    login = DeviceLogin.objects.create(
        device_hash=hash_key(device_code),
        user_code=make_code(),
        laptop=laptop,
        expires_at=now + LIFE,
    )
    return login, device_code


def find_device_login(user_code: str) -> DeviceLogin:
    """Return the laptop that waits under a code for somebody to decide.

    Raises: DeviceLoginGone; DeviceLoginDecided.
    """
    if not USER_CODE.fullmatch(user_code):
        raise DeviceLoginGone()
    login = DeviceLogin.objects.filter(user_code=user_code, expires_at__gt=timezone.now()).first()
    if login is None:
        raise DeviceLoginGone()
    if login.subject_id is not None:
        raise DeviceLoginDecided()
    return login


@transaction.atomic
def decide_device_login(login: DeviceLogin, session: Session, *, lets_in: bool) -> None:
    """Let the laptop's scripts act for the person of the session, or refuse it.

    Raises:  ScriptsNotAllowed; DeviceLoginDecided when somebody was faster.
    Effects: a refusal is audited; a laptop that is let in is, when it fetches its token.
    """
    if lets_in:
        check_scripts_allowed(session.subject)
    waiting = DeviceLogin.objects.filter(pk=login.pk, subject=None, expires_at__gt=timezone.now())
    # The conditional update is the claim: of two clicks at once one decides.
    if not waiting.update(subject=session.subject, refused=not lets_in):
        raise DeviceLoginDecided()
    if not lets_in:
        emit(LoginAudited(subject=session.subject_id, outcome=LoginOutcome.REFUSED))


def poll_device_login(device_code: str) -> LetIn | None:
    """Return the token of a laptop that was let in, None while nobody has decided.

    Raises: DeviceLoginGone, DeviceLoginRefused, PolledTooSoon, ScriptsNotAllowed.
    """
    login = _claim_poll(hash_key(device_code))
    if login.subject is None:
        return None
    with transaction.atomic():
        # Who deletes the row has the one token; a second request at the same time finds none.
        if not DeviceLogin.objects.filter(pk=login.pk).delete()[0]:
            raise DeviceLoginGone()
        if not login.refused:
            outcome = LoginOutcome.ADMITTED
            made = make_script_token(login.subject, laptop=login.laptop, outcome=outcome)
            return LetIn(*made)
    raise DeviceLoginRefused()


def _claim_poll(device_hash: bytes) -> DeviceLogin:
    now = timezone.now()
    logins = DeviceLogin.objects.filter(device_hash=device_hash, expires_at__gt=now)
    rested = logins.filter(Q(polled_at=None) | Q(polled_at__lte=now - INTERVAL))
    is_rested = bool(rested.update(polled_at=now))
    login = logins.select_related("subject").first()
    if login is None:
        raise DeviceLoginGone()
    if not is_rested:
        raise PolledTooSoon()
    return login
