"""Server-side sessions: the cookie holds a random key, the database only its hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from annex.contract.enums import Role
from django.db.models import F
from django.db.models.functions import Least
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from worker.people.models import DeviceLogin, ScriptToken, Session, Subject

COOKIE = "__Host-annex"
IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
# A write per request would cost more than the request; a minute less of idle time costs nobody.
TOUCH_EVERY = timedelta(minutes=1)


def open_session(subject: Subject, roles: Mapping[str, Role]) -> tuple[Session, str]:
    """Open a session for an approved subject and return it with the key for the cookie."""
    key, now = secrets.token_urlsafe(32), timezone.now()
    Session.objects.filter(subject=subject, expires_at__lt=now).delete()
    session = Session.objects.create(
        key_hash=hash_key(key),
        subject=subject,
        roles={project: role.value for project, role in roles.items()},
        csrf=secrets.token_urlsafe(32),
        idle_at=now + IDLE,
        expires_at=now + ABSOLUTE,
    )
    return session, key


def find_session(request: HttpRequest) -> Session | None:
    """Return the live session of the request's cookie whose subject is still approved."""
    key = request.COOKIES.get(COOKIE)
    if not key:
        return None
    now = timezone.now()
    return (
        Session.objects.select_related("subject")
        .filter(key_hash=hash_key(key), idle_at__gt=now, expires_at__gt=now)
        .filter(subject__approved_at__isnull=False)
        .first()
    )


def touch_session(session: Session) -> None:
    """Push the idle limit forward, at most once a minute and never past the absolute one."""
    fresh = timezone.now() + IDLE
    if fresh - session.idle_at < TOUCH_EVERY:
        return
    session.idle_at = min(fresh, session.expires_at)
    Session.objects.filter(pk=session.pk).update(idle_at=Least(fresh, F("expires_at")))


def end_sessions(subject_id: UUID) -> int:
    """End all that a subject is signed in with, browsers and scripts, and return how many.

    A laptop that was let in and has not fetched its token never gets one.
    """
    sessions, _ = Session.objects.filter(subject_id=subject_id).delete()
    tokens, _ = ScriptToken.objects.filter(subject_id=subject_id).delete()
    DeviceLogin.objects.filter(subject_id=subject_id).delete()
    return sessions + tokens


def set_session_cookie(response: HttpResponseBase, key: str) -> None:
    """Give the browser the key, for as long as the session can last."""
    response.set_cookie(
        COOKIE,
        key,
        max_age=int(ABSOLUTE.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="Lax",
    )


def drop_session_cookie(response: HttpResponseBase) -> None:
    """Expire the cookie. Written out, because `delete_cookie` leaves HttpOnly away."""
    response.set_cookie(COOKIE, "", max_age=0, path="/", secure=True, httponly=True, samesite="Lax")


def hash_key(key: str) -> bytes:
    """Return the SHA-256 of a secret, as the tables hold it."""
    return hashlib.sha256(key.encode()).digest()
