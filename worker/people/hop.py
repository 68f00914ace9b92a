"""The login hop: away to the control plane with a nonce, back with a token."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from worker.link.models import LinkState
from worker.people import presession
from worker.people.actions import admit
from worker.people.errors import ClusterNotEnrolled, LoginRefused
from worker.people.login_token import Expected, check_login_token
from worker.people.models import Session
from worker.people.presession import PreSession


@dataclass(frozen=True)
class LoginKey:
    """What enrolment pinned: the key that signs logins, and where they come from."""

    cluster: UUID
    key_id: str
    public_key: str
    console_origin: str
    clock_offset_seconds: float


def authorize_url(attempt: PreSession) -> str:
    """Return where the browser goes to be signed in.

    Where it comes back to stays here, in the attempt's cookie: an address may hold anything.

    Raises: ClusterNotEnrolled.
    """
    key = pinned_key()
    question = {
        "cluster": str(key.cluster),
        "state": attempt.state,
        "nonce": attempt.nonce,
    }
    return f"{key.console_origin}/authorize?{urlencode(question)}"


def finish(request: HttpRequest, attempt: PreSession) -> tuple[Session, str]:
    """Check the form post that came back and open the session it asks for.

    Raises: LoginRefused; ApprovalMissing; ClusterNotEnrolled.
    """
    key = pinned_key()
    # The callback cannot carry a CSRF token, so the header that pages cannot forge stands in.
    if request.headers.get("Origin") != key.console_origin:
        raise LoginRefused("The sign-in did not come from this cluster's control plane.")
    expected = Expected(
        cluster=key.cluster,
        origin=settings.WORKER_ORIGIN,
        nonce=attempt.nonce,
        key_id=key.key_id,
        public_key=key.public_key,
        clock_offset_seconds=key.clock_offset_seconds,
    )
    return admit(check_login_token(request.POST.get("token", ""), expected))


def recall_attempt(request: HttpRequest) -> PreSession:
    """Return the attempt that this browser began and that the form post names."""
    return presession.recall(request, request.POST.get("state", ""))


def console_origin() -> str:
    """Return where the control plane's pages are: as enrolment pinned it, or as it is set."""
    pinned = LinkState.objects.filter(id=1).values_list("console_origin", flat=True).first()
    return pinned or str(settings.CONTROL_PLANE)


def pinned_key() -> LoginKey:
    """Return the pinned login key; no network is involved.

    Raises: ClusterNotEnrolled.
    """
    state = LinkState.objects.filter(id=1).first()
    if state is None or state.cluster is None or not state.login_key:
        raise ClusterNotEnrolled()
    return LoginKey(
        cluster=state.cluster,
        key_id=state.login_key_id,
        public_key=state.login_key,
        console_origin=state.console_origin or settings.CONTROL_PLANE,
        clock_offset_seconds=state.clock_offset_seconds,
    )
