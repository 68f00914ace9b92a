"""What the client takes the API's answers for is what the OpenAPI document says, field by field."""

from __future__ import annotations

import types as python_types
import typing
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from annex.client import types
from annex.client.types import Answer, Page

from tests.sdk.client.document import OPERATIONS, SCHEMAS, answer_of, name_of, row_of

CLASSES = {
    name: found
    for name, found in vars(types).items()
    if isinstance(found, type) and issubclass(found, Answer) and found not in {Answer, Page}
}
FOR_BROWSERS = {"InvitationPreview", "DeviceLogin"}
"""Answers to people in the console; no token reaches them."""
PRIMITIVES: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    UUID: "string:uuid",
    datetime: "string:date-time",
}
FORMATS_THAT_TELL = {"uuid", "date-time"}


def said(schema: dict[str, Any]) -> str:
    """Return the document's type of a field in one word; `?` says that it may be null."""
    null = "?" if schema.get("nullable") else ""
    if "allOf" in schema:
        return said(schema["allOf"][0]) + null
    if "$ref" in schema:
        name = name_of(schema)
        return ("string" if "enum" in SCHEMAS[name] else name) + null
    if schema["type"] == "array":
        return f"[{said(schema['items'])}]{null}"
    form = schema.get("format")
    told = f":{form}" if form in FORMATS_THAT_TELL else ""
    return f"{schema['type']}{told}{null}"


def taken(annotation: Any) -> str:
    """Return the client's type of a field in the same words."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in {python_types.UnionType, typing.Union}:
        [inner] = [each for each in arguments if each is not type(None)]
        return taken(inner) + "?"
    if origin is list:
        return f"[{taken(arguments[0])}]"
    if origin is dict:
        return "object"
    return PRIMITIVES.get(annotation) or str(annotation.__name__)


@pytest.mark.parametrize("name", CLASSES)
def test_every_field_is_as_the_document_says(name: str) -> None:
    schema = SCHEMAS[name]
    documented = {field: said(each) for field, each in schema["properties"].items()}
    fields = CLASSES[name].model_fields
    assert {field: taken(each.annotation) for field, each in fields.items()} == documented
    needed = {field for field, each in fields.items() if each.is_required()}
    assert needed == set(schema.get("required", ()))


def test_every_answer_has_its_class() -> None:
    answers = {name for each in OPERATIONS.values() if (name := answer_of(each))}
    rows = {row_of(name) or name for name in answers}
    assert rows - set(CLASSES) == FOR_BROWSERS


def test_the_walk_tells_types_apart() -> None:
    """Its positive controls: a field of another type, and one that may be null, differ."""
    assert said({"type": "string", "format": "uuid", "nullable": True}) == taken(UUID | None)
    assert said({"type": "string"}) != taken(UUID)
    assert said({"type": "integer", "nullable": True}) != taken(int)


def test_answers_cannot_be_changed_and_survive_a_newer_server() -> None:
    row = types.Organization.model_validate(
        {"id": "00000000-0000-4000-8000-000000000000", "slug": "a", "name": "A", "new": 1}
    )
    with pytest.raises(ValueError, match="frozen"):
        row.__setattr__("name", "B")
