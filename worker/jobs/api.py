"""`/api/failures/{ref}` and `/api/jobs/{job}/log`: what became of a job, on the cluster only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from annex.contract.enums import FailureCode, JobRecipe, JobState, Role, Stage
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotFound
from worker.jobs.models import Attempt, Failure
from worker.people.access import require
from worker.people.access_log import count_access
from worker.people.authentication import caller_of
from worker.people.models import What
from worker.people.scripts.authentication import ScriptView
from worker.people.scripts.policy import ScriptUse


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


class AttemptDetail(BaseModel):
    """One try at the job; `done` and `total` are in the recipe's own unit."""

    epoch: int
    state: JobState
    stage: Stage
    done: int
    total: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    failures: list[FailureDetail]


class JobLogDetail(BaseModel):
    """Every try that this cluster has made, the first one first."""

    job: UUID
    project: UUID
    recipe: JobRecipe
    attempts: list[AttemptDetail]


class FailureView(ScriptView):
    """One failure of a job."""

    script_uses = {"get": ScriptUse.TEXT}

    @extend_schema(operation_id="failure", responses={200: FailureDetail})
    def get(self, request: Request, ref: UUID) -> Response:
        """Show the failure to those who develop in the job's project."""
        failure = access_failure(request, ref)
        note_failure(request, failure)
        return Response(describe_failure(failure).model_dump(mode="json"))


class JobLogView(ScriptView):
    """What became of a job here."""

    script_uses = {"get": ScriptUse.TEXT}

    @extend_schema(operation_id="job_log", responses={200: JobLogDetail})
    def get(self, request: Request, job: UUID) -> Response:
        """Show each try with its failures to those who develop in the job's project."""
        attempts = access_attempts(request, job)
        for attempt in attempts:
            for failure in attempt.failures.all():
                note_failure(request, failure)
        return Response(describe_log(attempts).model_dump(mode="json"))


def access_failure(request: Request, ref: UUID) -> Failure:
    """Return a failure in a project that the person develops. Raises: NotFound."""
    failure = Failure.objects.select_related("attempt").filter(ref=ref).first()
    if failure is None:
        raise NotFound
    require(request, project_id=failure.attempt.project_id, at_least=Role.DEVELOPER)
    return failure


def access_attempts(request: Request, job: UUID) -> list[Attempt]:
    """Return the tries at a job in a project that the person develops. Raises: NotFound."""
    attempts = list(Attempt.objects.filter(job=job).prefetch_related("failures").order_by("epoch"))
    if not attempts:
        raise NotFound
    require(request, project_id=attempts[0].project_id, at_least=Role.DEVELOPER)
    return attempts


def note_failure(request: Request, failure: Failure) -> None:
    """Note in the cluster's access log that the person has read the failure."""
    caller = caller_of(request)
    count_access(
        What.FAILURE_READ,
        subject=caller.subject_id,
        noun=failure.ref,
        by_script=caller.by_script,
    )


def describe_log(attempts: list[Attempt]) -> JobLogDetail:
    """Return a job's tries as this edge shows them."""
    return JobLogDetail(
        job=attempts[0].job,
        project=attempts[0].project_id,
        recipe=JobRecipe(attempts[0].recipe),
        attempts=[describe_attempt(attempt) for attempt in attempts],
    )


def describe_attempt(attempt: Attempt) -> AttemptDetail:
    """Return one try with its failures, the oldest first."""
    failures = sorted(attempt.failures.all(), key=lambda failure: failure.at)
    return AttemptDetail(
        epoch=attempt.epoch,
        state=JobState(attempt.state),
        stage=Stage(attempt.stage),
        done=attempt.done,
        total=attempt.total,
        created_at=attempt.created_at,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        failures=[describe_failure(failure) for failure in failures],
    )


def describe_failure(failure: Failure) -> FailureDetail:
    """Return one failure in full."""
    return FailureDetail(
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
