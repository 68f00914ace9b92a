"""The edge of the line: authenticate by signature, parse by contract, answer by contract."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from annex.contract.leaves import Message
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from common.errors import InvalidRequest
from common.problems import Unexpected, as_annex_error, problem_response, report_unexpected
from controlplane.clusters.sessions import Caller, SignedRequest, authenticate

M = TypeVar("M", bound=Message)
View = Callable[..., HttpResponse]
MAX_BODY_BYTES = 1024 * 1024


class BodyTooLarge(InvalidRequest):
    """No message of the contract is as large as this."""

    code = "request.too_large"
    status = 413
    title = "The body is too large"


def link_view(method: str) -> Callable[[Callable[..., Message]], View]:
    """Make a view of a function that returns a contract message; every error becomes a problem."""

    def wrap(function: Callable[..., Message]) -> View:
        @csrf_exempt  # A signature, not a cookie, says who calls.
        @require_http_methods([method])
        @wraps(function)
        def view(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                return answer(function(request, *args, **kwargs))
            except Exception as raised:
                return refuse(raised, request)

        return view

    return wrap


def answer(message: Message) -> HttpResponse:
    """Return a contract message as JSON that nobody keeps."""
    return HttpResponse(
        message.model_dump_json(),
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def refuse(raised: Exception, request: HttpRequest) -> HttpResponse:
    """Return the problem document of an exception; log it when it is a defect of ours."""
    error = as_annex_error(raised)
    if isinstance(error, Unexpected):
        report_unexpected(error, raised, request)
    return problem_response(error)


def signed_request(request: HttpRequest) -> SignedRequest:
    """Return what a signature covers. Raises: BodyTooLarge."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY_BYTES:
        raise BodyTooLarge
    headers = {name.lower(): value for name, value in request.headers.items()}
    method = request.method or ""
    return SignedRequest(method, request.get_full_path(), request.body, headers)


def read(request: HttpRequest, model: type[M]) -> tuple[Caller, M]:
    """Return who calls within a session, and the body.

    Raises: what `authenticate` raises; pydantic's ValidationError, which becomes request.invalid.
    """
    signed = signed_request(request)
    return authenticate(signed), model.model_validate_json(signed.body)
