"""The OpenAPI document of the worker's edge; `make types` writes it to docs/openapi."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView

from worker.people.sessions import COOKIE

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 problem document; `code` is stable, the prose is not.",
    "required": ["type", "code", "family", "status", "title", "detail", "what_to_do", "errors"],
    "properties": {
        "type": {"type": "string"},
        "code": {"type": "string"},
        "family": {"type": "string", "enum": ["customer", "ours", "transient"]},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "what_to_do": {"type": "string"},
        "field": {"type": "string"},
        "line": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {
                    "field": {"type": "string"},
                    "line": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the document names the session cookie; writes also send X-CSRF-Token."""

    target_class = "worker.people.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the scheme as OpenAPI writes it."""
        return {"type": "apiKey", "in": "cookie", "name": COOKIE}


@extend_schema(exclude=True)
class SchemaView(SpectacularJSONAPIView):
    """The document, for anyone: it holds no project's data."""

    authentication_classes = ()
    permission_classes = ()


def describe_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add what holds for every operation: it may answer with a problem document."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = {"description": "A problem", "content": content}
    return result


def document() -> bytes:
    """Return the OpenAPI document as it is committed under docs/openapi."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return bytes(OpenApiJsonRenderer().render(schema)) + b"\n"
