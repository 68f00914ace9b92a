"""Pages of signing in and out. None of them shows a byte of text."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from common.errors import AnnexError
from worker.people import hop, presession
from worker.people.actions import use_unlock
from worker.people.authentication import check_same_origin
from worker.people.errors import ApprovalMissing
from worker.people.sessions import find_session, set_session_cookie


class LoginView(View):
    """Leave for the control plane, remembering the way back."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Redirect to the control plane."""
        return leave_for_login(request, request.GET.get("next", "/"))


@method_decorator(csrf_exempt, name="dispatch")
class CallbackView(View):
    """Come back from the control plane with a token. `Origin` and the nonce guard it."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Check the token and open a session, or say why not."""
        return or_refusal(request, lambda: self._finish(request))

    def _finish(self, request: HttpRequest) -> HttpResponseBase:
        attempt = hop.recall_attempt(request)
        try:
            _, key = hop.finish(request, attempt)
        except ApprovalMissing as missing:
            return _waiting_page(request, missing, attempt.return_to)
        response = see_other(attempt.return_to)
        set_session_cookie(response, key)
        presession.forget(response, attempt)
        return response


class SignedOutView(View):
    """Where signing out ends: a page that does not sign in again by itself."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Say that it is done."""
        return render(request, "people/signed_out.html")


class UnlockView(View):
    """A one-time local login. It takes a click, so that a link preview does not use it up."""

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        """Ask for the click."""
        return render(request, "people/unlock.html")

    def post(self, request: HttpRequest, token: str) -> HttpResponseBase:
        """Open the session."""
        return or_refusal(request, lambda: self._open(request, token))

    def _open(self, request: HttpRequest, token: str) -> HttpResponseBase:
        check_same_origin(request)
        _, key = use_unlock(token)
        response = see_other("/")
        set_session_cookie(response, key)
        return response


def leave_for_login(request: HttpRequest, return_to: str) -> HttpResponseBase:
    """Redirect to the control plane, or say why that is not possible."""
    attempt = presession.begin(return_to)

    def leave() -> HttpResponseBase:
        response = HttpResponseRedirect(hop.authorize_url(attempt))
        presession.remember(response, attempt)
        return response

    return or_refusal(request, leave)


def is_signed_in(request: HttpRequest) -> bool:
    """Say whether the request carries a live session."""
    return find_session(request) is not None


def or_refusal(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return the answer, or the page that says what happened and what to do."""
    try:
        return answer()
    except AnnexError as error:
        return render(request, "people/refused.html", {"error": error}, status=error.status)


def _waiting_page(request: HttpRequest, missing: ApprovalMissing, return_to: str) -> HttpResponse:
    context = {"code": missing.approval_code, "return_to": return_to}
    return render(request, "people/waiting.html", context, status=missing.status)


def see_other(path: str) -> HttpResponse:
    """Lead on after a form post; 303, so that the post is not repeated at the new address."""
    return HttpResponse(status=303, headers={"Location": path})
