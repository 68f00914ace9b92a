"""The same code for the same mistake, whichever library noticed it."""

from __future__ import annotations

import json
from typing import Any

import pydantic
import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import OperationalError
from django.http import Http404
from rest_framework import exceptions as drf
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from common.errors import Conflict
from common.problems import not_found_view, server_error_view

CANARY = "Ada was born in London"


class LabelSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=5)


class SchemeSerializer(serializers.Serializer[Any]):
    labels = LabelSerializer(many=True)


class Command(pydantic.BaseModel):
    rows: list[int]


def answer_to(raised: Exception) -> tuple[Response, dict[str, Any]]:
    """Return what a view that raises this answers, and its body as sent."""

    class Raising(APIView):
        authentication_classes = ()
        permission_classes = ()

        def get(self, request: Request) -> Response:
            raise raised

    response = Raising.as_view()(APIRequestFactory().get("/"))
    response.render()
    return response, json.loads(response.content)


@pytest.mark.parametrize(
    ("raised", "status", "code", "family"),
    [
        (Http404(CANARY), 404, "resource.not_found", "customer"),
        (drf.NotFound(CANARY), 404, "resource.not_found", "customer"),
        (PermissionDenied(CANARY), 403, "request.forbidden", "customer"),
        (drf.PermissionDenied(CANARY), 403, "request.forbidden", "customer"),
        (drf.ParseError(CANARY), 400, "request.unparsable", "customer"),
        (drf.MethodNotAllowed("PUT"), 405, "request.method_not_allowed", "customer"),
        (drf.UnsupportedMediaType("x/y"), 415, "request.media_type", "customer"),
        (drf.NotAcceptable(), 406, "request.not_acceptable", "customer"),
        (drf.Throttled(wait=7.2), 429, "request.throttled", "transient"),
        (OperationalError(CANARY), 503, "service.unavailable", "transient"),
        (Conflict("It was renamed."), 409, "resource.conflict", "customer"),
        (RuntimeError(CANARY), 500, "internal.error", "ours"),
    ],
)
def test_an_exception_becomes_its_problem(
    raised: Exception, status: int, code: str, family: str
) -> None:
    response, problem = answer_to(raised)
    assert (response.status_code, problem["code"], problem["family"]) == (status, code, family)
    assert response["Content-Type"] == "application/problem+json"
    assert problem["status"] == status
    assert CANARY not in json.dumps(problem)


def test_the_caller_is_told_when_to_come_back() -> None:
    assert answer_to(drf.Throttled(wait=7.2))[0]["Retry-After"] == "8"
    assert answer_to(OperationalError())[0]["Retry-After"] == "2"


def test_a_defect_carries_a_reference_for_the_log() -> None:
    assert len(answer_to(RuntimeError(CANARY))[1]["ref"]) == 36


def test_wrong_fields_are_named_by_their_paths() -> None:
    form = SchemeSerializer(data={"labels": [{"name": "ORG"}, {"name": "TOO LONG"}, {}]})
    form.is_valid()
    _, problem = answer_to(drf.ValidationError(form.errors))
    assert problem["code"] == "request.invalid"
    assert [(e["field"], e["code"]) for e in problem["errors"]] == [
        ("labels[1].name", "max_length"),
        ("labels[2].name", "required"),
    ]
    assert problem["field"] == "labels[1].name"


def test_an_error_of_the_whole_has_no_field() -> None:
    _, problem = answer_to(drf.ValidationError("Choose one of the two."))
    assert problem["detail"] == "Choose one of the two."
    assert "field" not in problem


def test_pydantic_says_where_without_saying_what() -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        Command.model_validate({"rows": [1, CANARY]})
    _, problem = answer_to(caught.value)
    assert problem["field"] == "rows[1]"
    assert CANARY not in json.dumps(problem)


def test_a_models_own_validation_keeps_its_fields() -> None:
    _, problem = answer_to(DjangoValidationError({"title": ["Too long."]}))
    assert problem["errors"] == [{"field": "title", "code": "invalid", "message": "Too long."}]


def test_problems_outside_the_views_look_the_same() -> None:
    request = APIRequestFactory().get("/nowhere")
    assert json.loads(not_found_view(request, Http404()).content)["code"] == "resource.not_found"
    assert json.loads(server_error_view(request).content)["code"] == "internal.error"
