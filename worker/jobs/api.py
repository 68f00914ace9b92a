"""`/api/failures/{ref}`: what went wrong with a job, in full, on the cluster only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from annex.contract.enums import FailureCode, JobRecipe, Role, Stage
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import NotFound
from worker.jobs.models import Failure
from worker.people.access import require
from worker.people.access_log import count_access
from worker.people.authentication import SessionAuthentication, session_of
from worker.people.models import What


class FailureDetail(BaseModel):
    """A failure; `message` and `traceback` may quote text and never leave the cluster."""

    ref: UUID
    job: UUID
    project: UUID
    recipe: JobRecipe
    code: FailureCode
    stage: Stage
    message: str
    traceback: str
    at: datetime


class FailureView(APIView):
    """One failure of a job."""

    authentication_classes = (SessionAuthentication,)

    @extend_schema(operation_id="failure", responses={200: FailureDetail})
    def get(self, request: Request, ref: UUID) -> Response:
        """Show the failure to those who develop in the job's project."""
        failure = access_failure(request, ref)
        count_access(What.FAILURE_READ, subject=session_of(request).subject_id, noun=ref)
        detail = FailureDetail(
            ref=failure.ref,
            job=failure.attempt.job,
            project=failure.attempt.project_id,
            recipe=JobRecipe(failure.attempt.recipe),
            code=FailureCode(failure.code),
            stage=Stage(failure.stage),
            message=failure.message,
            traceback=failure.traceback,
            at=failure.at,
        )
        return Response(detail.model_dump(mode="json"))


def access_failure(request: Request, ref: UUID) -> Failure:
    """Return a failure in a project that the person develops. Raises: NotFound."""
    failure = Failure.objects.select_related("attempt").filter(ref=ref).first()
    if failure is None:
        raise NotFound
    require(request, project_id=failure.attempt.project_id, at_least=Role.DEVELOPER)
    return failure
