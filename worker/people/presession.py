"""What the browser carries while it is away at the control plane: state, nonce, where to return.

The cookie is `SameSite=None`, because the way back is a cross-site POST, on which browsers
drop Lax cookies. It opens nothing: it only ties the answer to the browser that asked.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass

from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from worker.people.errors import LoginRefused

COOKIE = "__Host-annex-login"
LIFE_SECONDS = 300
MAX_PATH_CHARACTERS = 500
_SALT = "annex.people.presession"


@dataclass(frozen=True)
class PreSession:
    """One attempt at signing in; `return_to` is a path on this origin."""

    state: str
    nonce: str
    return_to: str


def begin(return_to: str) -> PreSession:
    """Start an attempt that comes back to a path of ours; anything else becomes `/`."""
    return PreSession(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        return_to=own_path(return_to),
    )


def own_path(path: str) -> str:
    """Return the path when it is one on this origin, else `/`: never an open redirect."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\"))
    is_clean = path.isprintable() and "\\" not in path and len(path) <= MAX_PATH_CHARACTERS
    return path if is_own and is_clean else "/"


def remember(response: HttpResponseBase, attempt: PreSession) -> None:
    """Set the cookie, one per attempt, so that two tabs can sign in at the same time."""
    response.set_cookie(
        cookie_name(attempt.state),
        signing.dumps(asdict(attempt), salt=_SALT),
        max_age=LIFE_SECONDS,
        path="/",
        secure=True,
        httponly=True,
        samesite="None",
    )


def recall(request: HttpRequest, state: str) -> PreSession:
    """Return the attempt that this browser began under `state`.

    Raises: LoginRefused when there is none, or it is older than five minutes.
    """
    try:
        raw = signing.loads(
            request.COOKIES.get(cookie_name(state), ""), salt=_SALT, max_age=LIFE_SECONDS
        )
    except signing.BadSignature:
        raise LoginRefused("The sign-in took too long, or began in another browser.") from None
    attempt = PreSession(**raw)
    if not secrets.compare_digest(attempt.state.encode(), state.encode()):
        raise LoginRefused("The sign-in took too long, or began in another browser.")
    return attempt


def forget(response: HttpResponseBase, attempt: PreSession) -> None:
    """Expire the attempt's cookie."""
    response.set_cookie(
        cookie_name(attempt.state),
        "",
        max_age=0,
        path="/",
        secure=True,
        httponly=True,
        samesite="None",
    )


def cookie_name(state: str) -> str:
    """Return the name of one attempt's cookie."""
    return f"{COOKIE}-{state[:8]}"
