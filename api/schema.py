"""The OpenAPI document of the REST API; `make types` writes it to docs/openapi."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView

from api.authentication import AUTHENTICATION

PREFIX = "/api/v1/"
WRITES = frozenset({"post", "put", "patch", "delete"})
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
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
NULL = {"type": "null"}
KEY_PARAMETER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "Repeat a write safely: the same key and body get the same answer for 24 hours.",
    "schema": {"type": "string", "maxLength": 200, "pattern": "^[!-~]+$"},
}


@extend_schema(exclude=True)
class SchemaView(SpectacularJSONAPIView):
    """The document, for anyone: it holds no organization's data."""

    authentication_classes = AUTHENTICATION
    permission_classes = ()


def only_rest(endpoints: list[Any], **_: Any) -> list[Any]:
    """Keep the REST API: the link's edge is described by the contract."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]


def speak_openapi_3_0(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say what the contract's own models say in today's JSON Schema as OpenAPI 3.0 says it."""
    result["components"]["schemas"] = _in_3_0(result["components"].get("schemas", {}))
    return result


def _in_3_0(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_in_3_0(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: _in_3_0(each) for name, each in schema.items()}
    if isinstance(told.get("const"), str):
        told["enum"] = [told.pop("const")]
    if isinstance(told.get("anyOf"), list) and NULL in told["anyOf"]:
        kinds = [each for each in told.pop("anyOf") if each != NULL]
        # Nothing counts beside a `$ref`.
        plain = len(kinds) == 1 and "$ref" not in kinds[0]
        told = (kinds[0] if plain else {"anyOf": kinds}) | told | {"nullable": True}
    return told


def describe_edge(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add what holds for every operation: problem documents, and keys of writes."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            operation["responses"]["default"] = {"description": "A problem", "content": content}
            if method in WRITES:
                operation.setdefault("parameters", []).append(KEY_PARAMETER)
    return result
