"""`/api/projects/{project}/labels`: what counts as each label, written by developers."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from annex.contract.enums import Role
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, Field
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotFound
from worker.people.access import require
from worker.projects.models import Label, Project
from worker.store.api.base import StoreView, answer, read_body
from worker.store.api.shapes import Body
from worker.store.definitions import (
    MAX_EXAMPLE_CODEPOINTS,
    MAX_EXAMPLES,
    MAX_TEXT_CODEPOINTS,
    defined_labels,
    write_definition,
)

# The database cannot hold U+0000.
Words = Annotated[str, Field(max_length=MAX_TEXT_CODEPOINTS, pattern=r"^[^\x00]*$")]
Line = Annotated[str, Field(min_length=1, max_length=MAX_EXAMPLE_CODEPOINTS, pattern=r"^[^\x00]*$")]
Lines = Annotated[list[Line], Field(max_length=MAX_EXAMPLES)]


class DefinitionBody(Body):
    """What counts as a label; `counts` and `counts_not` are examples."""

    text: Words = ""
    counts: Lines = []
    counts_not: Lines = []


class DefinedLabelDetail(BaseModel):
    """A label in use with its definition; empty while nobody has written any."""

    id: UUID
    name: str
    colour: str
    text: str
    counts: list[str]
    counts_not: list[str]


class DefinitionsDetail(BaseModel):
    """The labels of a project in the order of the scheme."""

    project: str
    labels: list[DefinedLabelDetail]


class DefinitionsView(StoreView):
    """The definitions of a project's labels."""

    @extend_schema(operation_id="definitions", responses={200: DefinitionsDetail})
    def get(self, request: Request, project: UUID) -> Response:
        """Show every label in use with its definition."""
        require(request, project_id=project, at_least=Role.DEVELOPER)
        return answer(describe_definitions(project))


class DefinitionView(StoreView):
    """The definition of one label."""

    @extend_schema(
        operation_id="write_definition",
        request=DefinitionBody,
        responses={200: DefinitionsDetail},
    )
    def put(self, request: Request, project: UUID, label: UUID) -> Response:
        """Write what counts as the label. Annotators see it when they open their task."""
        require(request, project_id=project, at_least=Role.DEVELOPER)
        if not Label.objects.filter(id=label, project_id=project).exists():
            raise NotFound
        body = read_body(request, DefinitionBody)
        write_definition(
            project, label, text=body.text, counts=body.counts, counts_not=body.counts_not
        )
        return answer(describe_definitions(project))


def describe_definitions(project_id: UUID) -> DefinitionsDetail:
    """Return the project's labels with their definitions."""
    return DefinitionsDetail(
        project=Project.objects.values_list("title", flat=True).get(id=project_id),
        labels=[
            DefinedLabelDetail(
                id=row.label.id,
                name=row.label.name,
                colour=row.label.colour,
                text=row.definition.text,
                counts=row.definition.counts,
                counts_not=row.definition.counts_not,
            )
            for row in defined_labels(project_id)
        ],
    )
