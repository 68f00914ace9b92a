"""Who is asking: the session cookie, and for writes the proof that our own page asks."""

from __future__ import annotations

import hmac
from typing import TypeAlias, cast

from django.conf import settings
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from worker.people.errors import CrossSiteRequest, SessionMissing
from worker.people.models import ScriptToken, Session, Subject
from worker.people.scripts.policy import ScriptNotOpen
from worker.people.scripts.tokens import carried_token
from worker.people.sessions import find_session, touch_session

Caller: TypeAlias = Session | ScriptToken
"""What a request is signed in with; either has a `subject`."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SessionAuthentication(BaseAuthentication):
    """Sign a request in by its cookie. Every refusal is 401 `session.missing` or 403."""

    def authenticate(self, request: Request) -> tuple[Subject, Session]:
        """Return the subject and the session. A script token is refused, whatever the cookie."""
        if carried_token(request._request) is not None:
            raise ScriptNotOpen()
        session = self.find_session(request)
        if session is None:
            raise SessionMissing()
        request._request.subject_id = session.subject_id  # type: ignore[attr-defined]
        if request.method not in SAFE_METHODS:
            check_same_origin(request._request)
            check_csrf(request._request, session)
        # Asking how long the session lasts must not make it last longer.
        if not getattr(request.parser_context["view"], "is_passive", False):
            touch_session(session)
        return session.subject, session

    def find_session(self, request: Request) -> Session | None:
        """Return the live session of the request's cookie, with its subject."""
        return find_session(request._request)

    def authenticate_header(self, request: Request) -> str:
        """Return what makes DRF answer 401 rather than 403."""
        return "Session"


def session_of(request: Request | HttpRequest) -> Session:
    """Return the session that `SessionAuthentication` put on the request."""
    return cast(Session, request.auth)  # type: ignore[union-attr]


def caller_of(request: Request) -> Caller:
    """Return what the request is signed in with, on a view that is open to scripts too."""
    return cast(Caller, request.auth)


def check_same_origin(request: HttpRequest) -> None:
    """Refuse a write that a page of another origin sent.

    Browsers send `Origin` with every write; a script without one must still show the CSRF token.
    Under our own no-referrer policy a form post carries `Origin: null`; then the browser must say
    itself that the post is same-origin, which no page can forge.
    Raises: CrossSiteRequest.
    """
    origin = request.headers.get("Origin", settings.WORKER_ORIGIN)
    site = request.headers.get("Sec-Fetch-Site")
    if origin == "null" and site == "same-origin":
        return
    if origin != settings.WORKER_ORIGIN or site not in {None, "same-origin", "none"}:
        raise CrossSiteRequest()


def check_csrf(request: HttpRequest, session: Session) -> None:
    """Refuse a write without the session's own token. Raises: CrossSiteRequest."""
    _compare_csrf(request.headers.get("X-CSRF-Token", ""), session)


def check_form(request: HttpRequest, session: Session) -> None:
    """Refuse a form that our own page did not hand to this session. Raises: CrossSiteRequest."""
    check_same_origin(request)
    _compare_csrf(request.POST.get("csrf_token", ""), session)


def _compare_csrf(sent: str, session: Session) -> None:
    if not hmac.compare_digest(sent.encode(), session.csrf.encode()):
        raise CrossSiteRequest()
