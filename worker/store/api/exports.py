"""`/api/exports/{job}`: what a job wrote, and the file itself."""

from __future__ import annotations

from uuid import UUID

from annex.contract.enums import Role
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotFound
from worker.people.access import require
from worker.people.authentication import caller_of
from worker.people.scripts.authentication import ScriptView
from worker.people.scripts.policy import ScriptUse
from worker.store.api import shapes
from worker.store.api.base import answer
from worker.store.downloads import download_artefact
from worker.store.models import Artefact


class ExportView(ScriptView):
    """One finished export."""

    # What the format could not hold is told with how some texts begin.
    script_uses = {"get": ScriptUse.TEXT}

    @extend_schema(operation_id="export", responses={200: shapes.ExportDetail})
    def get(self, request: Request, job: UUID) -> Response:
        """Say what the file holds."""
        export = access_export(request, job)
        return answer(
            shapes.ExportDetail(
                file_name=export.file_name, size_bytes=export.size_bytes, **export.details
            )
        )


class ExportFileView(ScriptView):
    """The file of an export."""

    script_uses = {"get": ScriptUse.TEXT}

    @extend_schema(
        operation_id="export_file",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, job: UUID) -> FileResponse:
        """Download the file. Effects: one row in the cluster's log of downloads."""
        export = access_export(request, job)
        return download_artefact(
            export, caller=caller_of(request), count=export.details["examples"]
        )


def access_export(request: Request, job: UUID) -> Artefact:
    """Return a job's export, in a project that the person develops. Raises: NotFound."""
    export = Artefact.objects.filter(id=job, kind=Artefact.Kind.EXPORT).first()
    if export is None:
        raise NotFound
    require(request, project_id=export.project_id, at_least=Role.DEVELOPER)
    return export
