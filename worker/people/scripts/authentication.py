"""The other way to be signed in: a script token, where a view says that it is open to scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.views import APIView

from worker.people.authentication import SessionAuthentication
from worker.people.errors import ScriptSignedOut
from worker.people.models import ScriptToken, Subject
from worker.people.scripts.policy import (
    ScriptFromBrowser,
    ScriptNotOpen,
    ScriptUse,
    check_scripts_allowed,
)
from worker.people.scripts.tokens import carried_token, find_script_token, touch_script_token
from worker.people.sessions import COOKIE

OF_BROWSERS = ("Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest")
"""Headers that a browser sends by itself and no page can take away."""


class ScriptAuthentication(BaseAuthentication):
    """Sign a request in by its script token; one without a token is left to the session.

    No CSRF token is asked for: nothing sends this header by itself, as a browser sends cookies.
    """

    def authenticate(self, request: Request) -> tuple[Subject, ScriptToken] | None:
        """Return the subject and the token. Raises: ScriptSignedOut and the refusals of policy."""
        secret = carried_token(request._request)
        if secret is None:
            return None
        check_no_browser(request._request)
        token = find_script_token(secret)
        if token is None:
            raise ScriptSignedOut()
        check_scripts_allowed(token.subject, use_of(request))
        request._request.subject_id = token.subject_id  # type: ignore[attr-defined]
        touch_script_token(token)
        return token.subject, token

    def authenticate_header(self, request: Request) -> str:
        """Return what makes DRF answer 401 rather than 403."""
        return "Bearer"


class ScriptView(APIView):
    """A view for people in browsers and for their scripts.

    `script_uses` names the methods that scripts may call, and what for; a test holds the list.
    """

    authentication_classes = (ScriptAuthentication, SessionAuthentication)
    script_uses: ClassVar[Mapping[str, ScriptUse]] = {}


def use_of(request: Request) -> ScriptUse:
    """Return what a script does with this request. Raises: ScriptNotOpen."""
    uses: Mapping[str, ScriptUse] = getattr(request.parser_context["view"], "script_uses", {})
    use = uses.get((request.method or "").lower())
    if use is None:
        raise ScriptNotOpen()
    return use


def check_no_browser(request: HttpRequest) -> None:
    """Refuse a token that a page sends, or that a cookie comes with. Raises: ScriptFromBrowser."""
    if COOKIE in request.COOKIES or any(name in request.headers for name in OF_BROWSERS):
        raise ScriptFromBrowser()
