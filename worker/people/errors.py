"""What can go wrong on the way in, each with what to do about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from common.errors import AnnexError, Conflict, Family, Forbidden


class SessionMissing(AnnexError):
    """Nobody is signed in here, or the session has run out."""

    code = "session.missing"
    family = Family.CUSTOMER
    status = 401
    title = "You are not signed in on this cluster"
    what_to_do = "Sign in again; what you were working on is kept."

    def __init__(self, *, return_to: str = "/") -> None:
        super().__init__()
        self.login_url = f"/login?next={quote(return_to)}"

    def extra(self) -> dict[str, Any]:
        """Add where to sign in."""
        return {"login_url": self.login_url}


class ScriptSignedOut(AnnexError):
    """A script token that this cluster does not know, or not any more."""

    code = "script.signed_out"
    family = Family.CUSTOMER
    status = 401
    title = "This script is not signed in on this cluster"
    what_to_do = "Sign in with `annex login --cluster`; a script login lasts twelve hours."


class CrossSiteRequest(AnnexError):
    """A write without the proof that our own page sent it."""

    code = "session.cross_site"
    family = Family.CUSTOMER
    status = 403
    title = "This request did not come from the annotation app"
    what_to_do = "Load the page again. Scripts send X-CSRF-Token from /api/session."


class LoginRefused(AnnexError):
    """A login token that does not stand up to every check."""

    code = "login.refused"
    family = Family.CUSTOMER
    status = 403
    title = "This sign-in could not be checked"
    what_to_do = "Start again from the console. If it happens twice, tell your administrator."


class LoginTurnedDown(AnnexError):
    """An administrator of this cluster has refused the person, or taken the approval back."""

    code = "login.turned_down"
    family = Family.CUSTOMER
    status = 403
    title = "You have not been let in"
    what_to_do = "Ask whoever looks after the cluster; they can still approve you on its pages."


class NotYourself(Conflict):
    """Administrators decide about others: nobody locks themselves out or raises their own role."""

    code = "people.yourself"
    title = "Nobody decides about themselves"
    what_to_do = "Ask another administrator of the cluster, or use `python -m worker people`."


class AboveYourRole(Forbidden):
    """A role, or a person, above the administrator who decides."""

    code = "people.above_your_role"
    title = "That is above your own role"
    what_to_do = "Ask somebody approved as owner, or use `python -m worker people`."


class CommandLineOnly(Forbidden):
    """The environment leaves this decision to the command line."""

    code = "people.command_line_only"
    title = "This is decided on the command line"
    what_to_do = "ANNEX_ADMINISTRATION_IN_BROWSER is false: use `python -m worker`."


class ApprovalMissing(AnnexError):
    """The second key is missing: nobody on the cluster's side has approved this subject."""

    code = "login.waiting_for_approval"
    family = Family.CUSTOMER
    status = 403
    title = "One more key is needed"
    what_to_do = "Give this code to whoever looks after the cluster, then sign in again."

    def __init__(self, approval_code: str) -> None:
        super().__init__("An administrator of this cluster approves each person once.")
        self.approval_code = approval_code


class ClusterNotEnrolled(AnnexError):
    """There is no pinned key to check logins with."""

    code = "login.cluster_not_enrolled"
    family = Family.CUSTOMER
    status = 503
    title = "This cluster is not connected to a control plane yet"
    what_to_do = "Run `python -m worker link enrol`, or make a local login with `people unlock`."
