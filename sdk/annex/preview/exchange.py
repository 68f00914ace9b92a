"""What the small server hears and says, without sockets."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pydantic
from pydantic import BaseModel
from pydantic_core import to_json

from annex.preview.problems import Problem

B = TypeVar("B", bound=BaseModel)


@dataclass(frozen=True)
class Request:
    """One request that came from a page of our own."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def read(self, shape: type[B]) -> B:
        """Return the typed body. Raises: Problem."""
        try:
            return shape.model_validate_json(self.body or b"{}")
        except pydantic.ValidationError as error:
            found = error.errors(include_url=False, include_input=False, include_context=False)
            errors = [
                {"field": ".".join(map(str, each["loc"])), "message": each["msg"]} for each in found
            ]
            title = "Some of what was sent is not valid"
            raise Problem(400, "request.invalid", title, errors=errors) from None


@dataclass(frozen=True)
class Response:
    """One answer; `headers` beside those that every answer has."""

    status: int = 200
    body: bytes = b""
    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def json_response(content: Any, status: int = 200) -> Response:
    """Return content as JSON: ids, times and models included."""
    return Response(status, to_json(content))


def problem_response(problem: Problem) -> Response:
    """Return a refusal as its document."""
    body = json.dumps(problem.document, default=str).encode()
    return Response(problem.status, body, "application/problem+json")


def html_response(page: str) -> Response:
    """Return a page."""
    return Response(body=page.encode(), type="text/html; charset=utf-8")


def redirect(where: str) -> Response:
    """Send the browser elsewhere."""
    return Response(302, headers={"Location": where})
