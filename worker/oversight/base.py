"""What the administrators' endpoints share: who may come in, and how questions are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from worker.people.access import require_administrator
from worker.people.authentication import SessionAuthentication
from worker.people.models import Subject
from worker.projects.models import Person

Q = TypeVar("Q", bound=BaseModel)


class Shape(BaseModel):
    """A body or a query; an unknown field is an error."""

    model_config = ConfigDict(extra="forbid")


class OversightView(APIView):
    """A view for administrators of the cluster; for everybody else it is not there."""

    authentication_classes = (SessionAuthentication,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let nobody else get as far as a method."""
        super().initial(request, *args, **kwargs)
        require_administrator(request)


def read_query(request: Request, shape: type[Q]) -> Q:
    """Return the query string as the shape. Raises: pydantic.ValidationError, 400 at the edge."""
    return shape.model_validate(request.query_params.dict())


def answer(body: BaseModel) -> Response:
    """Return a shape as the response."""
    return Response(body.model_dump(mode="json"))


def names_of(subjects: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the names of people, also of those who have never signed in here."""
    wanted = {subject for subject in subjects if subject is not None}
    named = Person.objects.filter(subject__in=wanted).values_list("subject", "name")
    return dict(named) | dict(Subject.objects.filter(id__in=wanted).values_list("id", "name"))
