"""The committed OpenAPI document, as the tests of the client read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DOCUMENT: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "docs" / "openapi" / "controlplane.json").read_bytes()
)
SCHEMAS: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]
METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS: dict[tuple[str, str], dict[str, Any]] = {
    (method.upper(), path): operation
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
    if method in METHODS
}


def name_of(reference: dict[str, Any]) -> str:
    """Return the name of the component that is referred to."""
    return str(reference["$ref"]).rpartition("/")[2]


def answer_of(operation: dict[str, Any]) -> str | None:
    """Return the component that an operation answers with; None for an empty answer."""
    good = [each for code, each in operation["responses"].items() if code.startswith("2")]
    response = good[0]
    assert all(each.get("content") == response.get("content") for each in good)
    if "content" not in response:
        return None
    return name_of(response["content"]["application/json"]["schema"])


def row_of(component: str) -> str | None:
    """Return the component of a page's rows; None for what is no page."""
    results = SCHEMAS[component].get("properties", {}).get("results")
    return name_of(results["items"]) if results else None


def body_of(operation: dict[str, Any]) -> set[str]:
    """Return the fields of an operation's body."""
    if "requestBody" not in operation:
        return set()
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return set(SCHEMAS[name_of(schema)]["properties"])
