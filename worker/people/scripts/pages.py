"""Pages on which a person lets a laptop in, and ends what was let in. They work without script."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from common.errors import NotFound
from worker.people.actions import sign_out_everywhere
from worker.people.authentication import check_form
from worker.people.models import DeviceLogin, Session
from worker.people.scripts import bounds
from worker.people.scripts.device_logins import (
    USER_CODE,
    decide_device_login,
    find_device_login,
)
from worker.people.scripts.policy import check_scripts_allowed
from worker.people.scripts.tokens import end_script_token, tokens_of
from worker.people.sessions import drop_session_cookie, find_session
from worker.people.views import leave_for_login, or_refusal, see_other


class SignedInView(View):
    """A page for who is signed in; everybody else is sent to sign in first."""

    def dispatch(self, request: HttpRequest, *args: object, **where: object) -> HttpResponseBase:
        """Find the session, and turn refusals into a page."""
        session = find_session(request)
        if session is None:
            return leave_for_login(request, request.get_full_path())
        self.session = session
        answer = super().dispatch
        return or_refusal(request, lambda: answer(request, *args, **where))


class DevicePage(SignedInView):
    """Where a code is typed in."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for the code, or lead on to the laptop that waits under it."""
        typed = request.GET.get("code", "").strip().upper()
        if USER_CODE.fullmatch(typed):
            return HttpResponseRedirect(reverse("device-login-page", kwargs={"code": typed}))
        return render(request, "people/device_code.html", {"typed": bool(typed)})


class DeviceLoginPage(SignedInView):
    """One laptop that waits."""

    def get(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """Show the code to compare, and what the laptop says it is called."""
        login = look_up(self.session, code)
        check_scripts_allowed(self.session.subject)
        context = {"login": login, "session": self.session}
        return render(request, "people/device.html", context)

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """Let it in, or refuse it."""
        check_form(request, self.session)
        login = look_up(self.session, code)
        lets_in = request.POST.get("decision") == "let-in"
        decide_device_login(login, self.session, lets_in=lets_in)
        context = {"login": login, "lets_in": lets_in}
        return render(request, "people/device_decided.html", context)


class ScriptsPage(SignedInView):
    """One's own laptops that are let in."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """List them."""
        tokens = tokens_of(self.session.subject_id)
        context = {"tokens": tokens, "session": self.session}
        return render(request, "people/scripts.html", context)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """End one, or everything that one is signed in with."""
        check_form(request, self.session)
        if request.POST.get("end") == "everything":
            return self._sign_out_everywhere()
        end_script_token(self.session.subject_id, _token_id(request))
        return see_other(reverse("scripts-page"))

    def _sign_out_everywhere(self) -> HttpResponse:
        sign_out_everywhere(self.session)
        response = see_other(reverse("signed-out"))
        drop_session_cookie(response)
        return response


def look_up(session: Session, code: str) -> DeviceLogin:
    """Return the laptop that waits under a code; a person may not try many.

    Raises: TriedTooOften, DeviceLoginGone, DeviceLoginDecided.
    """
    bounds.spend(bounds.CODES, str(session.subject_id))
    return find_device_login(code)


def _token_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("end", ""))
    except ValueError:
        raise NotFound from None
