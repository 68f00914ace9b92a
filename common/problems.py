"""RFC 9457 problem documents at both HTTP edges.

`exception_handler` is DRF's EXCEPTION_HANDLER of both planes. The same code for the same mistake
whatever library noticed it, paths of fields, and no input value ever repeated.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pydantic
import structlog
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions as drf
from rest_framework.response import Response
from rest_framework.views import set_rollback

from common.errors import (
    AnnexError,
    Forbidden,
    InvalidRequest,
    NotFound,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)

PROBLEM_TYPE = "application/problem+json"
log = structlog.get_logger(__name__)


class Unparsable(InvalidRequest):
    """The body is not JSON, or not the media type that was announced."""

    code = "request.unparsable"
    title = "The body could not be read"
    what_to_do = "Send JSON with Content-Type: application/json."


class MethodNotAllowed(InvalidRequest):
    """The address exists but does not answer this method."""

    code = "request.method_not_allowed"
    status = 405
    title = "This address does not answer that method"
    what_to_do = "Use one of the methods in the Allow header."


class MediaType(InvalidRequest):
    """The media type is not one this address reads."""

    code = "request.media_type"
    status = 415
    title = "This media type is not accepted here"
    what_to_do = "Send JSON, or a multipart form where a file is uploaded."


class NotAcceptable(InvalidRequest):
    """The Accept header leaves nothing that we can write."""

    code = "request.not_acceptable"
    status = 406
    title = "None of the accepted media types can be written"
    what_to_do = "Accept application/json."


class Unexpected(AnnexError):
    """A defect. The reference leads to the log line with the frames."""

    code = "internal.error"

    def __init__(self) -> None:
        super().__init__()
        self.ref = uuid.uuid4()

    def extra(self) -> dict[str, Any]:
        """Add the reference."""
        return {"ref": str(self.ref)}


def exception_handler(raised: Exception, context: dict[str, Any]) -> Response:
    """Turn any exception of a view into a problem document.

    Effects: rolls the transaction back; logs what is ours with its frames.
    """
    set_rollback()
    error = as_annex_error(raised)
    if isinstance(error, Unexpected):
        report_unexpected(error, raised, context.get("request"))
    return Response(
        error.to_problem(),
        status=error.status,
        headers=headers_for(raised),
        content_type=PROBLEM_TYPE,
    )


def as_annex_error(raised: Exception) -> AnnexError:
    """Return the error of ours that says what `raised` means to a caller."""
    if isinstance(raised, AnnexError):
        return raised
    if isinstance(raised, drf.ValidationError):
        return invalid(list(fields_of(raised.detail)))
    if isinstance(raised, pydantic.ValidationError):
        return invalid(list(fields_of_pydantic(raised)))
    if isinstance(raised, DjangoValidationError):
        return invalid(list(fields_of_django(raised)))
    return from_kind(raised)


KINDS: tuple[tuple[type[Exception], type[AnnexError]], ...] = (
    (drf.ParseError, Unparsable),
    (drf.UnsupportedMediaType, MediaType),
    (drf.NotAcceptable, NotAcceptable),
    (drf.MethodNotAllowed, MethodNotAllowed),
    (drf.NotAuthenticated, Unauthenticated),
    (drf.AuthenticationFailed, Unauthenticated),
    (drf.PermissionDenied, Forbidden),
    (DjangoPermissionDenied, Forbidden),
    (drf.NotFound, NotFound),
    (Http404, NotFound),
    (drf.Throttled, TooManyRequests),
    (OperationalError, Unavailable),
)


def from_kind(raised: Exception) -> AnnexError:
    """Map an exception of a library by its class; what is unknown is our defect."""
    for kind, error in KINDS:
        if isinstance(raised, kind):
            return error()
    return Unexpected()


def invalid(errors: list[dict[str, str]]) -> InvalidRequest:
    """Build the error for wrong fields; the first one makes the headline."""
    first = errors[0]
    detail = f"{first['field']}: {first['message']}" if first["field"] else first["message"]
    return InvalidRequest(detail, field=first["field"] or None, errors=errors)


def fields_of(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Yield `{field, code, message}` for each leaf of DRF's nested error details."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from fields_of(inner, join_path(path, name))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            is_leaf = isinstance(inner, drf.ErrorDetail)
            yield from fields_of(inner, path if is_leaf else f"{path}[{index}]")
    else:
        code = getattr(detail, "code", "invalid")
        yield {"field": path, "code": code, "message": str(detail)}


def join_path(path: str, name: str) -> str:
    """Append a member's name; errors of the whole object keep the object's path."""
    if name == "non_field_errors":
        return path
    return f"{path}.{name}" if path else str(name)


def fields_of_pydantic(raised: pydantic.ValidationError) -> Iterator[dict[str, str]]:
    """Yield `{field, code, message}`; `include_input=False` keeps the value out."""
    for error in raised.errors(include_url=False, include_input=False, include_context=False):
        path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error["loc"])
        yield {"field": path.lstrip("."), "code": error["type"], "message": error["msg"]}


def fields_of_django(raised: DjangoValidationError) -> Iterator[dict[str, str]]:
    """Yield `{field, code, message}` from a model's own validation."""
    by_field = raised.error_dict if hasattr(raised, "error_dict") else {"": raised.error_list}
    for name, errors in by_field.items():
        for error in errors:
            field = "" if name == "__all__" else name
            yield {
                "field": field,
                "code": error.code or "invalid",
                "message": " ".join(error.messages),
            }


def headers_for(raised: Exception) -> dict[str, str]:
    """Return the headers that RFC 9110 asks for with this refusal."""
    headers = {}
    if getattr(raised, "auth_header", None):
        headers["WWW-Authenticate"] = str(raised.auth_header)  # type: ignore[attr-defined]
    wait = getattr(raised, "wait", None) or getattr(raised, "retry_after_seconds", None)
    if wait:
        headers["Retry-After"] = str(max(1, round(wait)))
    elif isinstance(raised, OperationalError):
        headers["Retry-After"] = "2"
    return headers


def report_unexpected(error: Unexpected, raised: Exception, request: Any) -> None:
    """Log a defect under its reference, and tell Django, whose test client then raises it."""
    log.error("unexpected exception in a view", ref=str(error.ref), exc_info=raised)
    got_request_exception.send(sender=None, request=getattr(request, "_request", request))


def problem_response(error: AnnexError) -> JsonResponse:
    """Return a problem document outside DRF."""
    return JsonResponse(error.to_problem(), status=error.status, content_type=PROBLEM_TYPE)


def not_found_view(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Answer an address that no URL matches (Django's handler404)."""
    return problem_response(NotFound())


def server_error_view(request: HttpRequest) -> JsonResponse:
    """Answer an exception outside DRF (Django's handler500), which Django has logged."""
    return problem_response(Unexpected())
