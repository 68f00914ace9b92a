"""Jobs: start, watch, cancel, start again."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import FailureCode, Role
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import OrganizationView, ProjectView
from api.v1.failures import PROSE
from controlplane.board.actions import STARTS, start_job
from controlplane.board.published_jobs import start_published_job
from controlplane.board.titles import titles_of
from controlplane.jobs.access import access_job
from controlplane.jobs.actions import cancel_job, restart_silent_job
from controlplane.jobs.models import Job


class JobProgressSerializer(serializers.Serializer[Any]):
    """How far the current stage is."""

    stage = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)


class JobFailureSerializer(serializers.Serializer[Any]):
    """Why a job failed, and what to do."""

    code = serializers.CharField()
    stage = serializers.CharField()
    ref = serializers.UUIDField(allow_null=True)
    family = serializers.CharField()
    title = serializers.CharField()
    what_to_do = serializers.CharField()
    affected = serializers.IntegerField(allow_null=True)
    cluster_url = serializers.CharField(allow_null=True)


class JobSerializer(serializers.Serializer[Any]):
    """A job as its cluster last reported it."""

    id = serializers.UUIDField()
    recipe = serializers.CharField(source="full_recipe")
    title = serializers.SerializerMethodField()
    state = serializers.CharField()
    arguments = serializers.DictField()
    epoch = serializers.IntegerField()
    progress = serializers.SerializerMethodField()
    failure = serializers.SerializerMethodField()
    created_by = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    silent = serializers.BooleanField()
    outputs = serializers.DictField()

    def get_title(self, job: Job) -> str:
        """Return what the job does, with the names people gave."""
        return str(self.context["titles"][job.id])

    @extend_schema_field(JobProgressSerializer(allow_null=True))
    def get_progress(self, job: Job) -> dict[str, Any] | None:
        """Return how far the job is, once it has said so."""
        if not job.stage:
            return None
        return {"stage": job.stage, "done": job.done, "total": job.total}

    @extend_schema_field(JobFailureSerializer(allow_null=True))
    def get_failure(self, job: Job) -> dict[str, Any] | None:
        """Return why the job failed; the traceback stays on the cluster, behind `cluster_url`."""
        if not job.failure_code:
            return None
        prose = PROSE[FailureCode(job.failure_code)]
        page = f"{job.cluster.origin}/failures/{job.failure_ref}"
        return {
            "code": job.failure_code,
            "stage": job.failure_stage,
            "ref": job.failure_ref and str(job.failure_ref),
            "family": prose.family.value,
            "title": prose.title,
            "what_to_do": prose.what_to_do,
            "affected": job.failure_affected,
            "cluster_url": page if job.failure_ref else None,
        }

    def get_created_by(self, job: Job) -> str | None:
        """Return the name of whoever started it."""
        return job.created_by.name if job.created_by else None


class NewJobSerializer(serializers.Serializer[Any]):
    """A recipe, built-in or of the catalogue, and its arguments."""

    recipe = serializers.CharField(max_length=80)
    arguments = serializers.DictField(required=False, default=dict)


class JobShowing:
    """Shows jobs with their titles."""

    def shown_jobs(self, jobs: list[Job]) -> list[Any]:
        """Return the serialized jobs."""
        return list(JobSerializer(jobs, many=True, context={"titles": titles_of(jobs)}).data)


class JobsView(JobShowing, ProjectView):
    """List a project's jobs, start another."""

    serializer_class = JobSerializer
    queryset = Job.objects.none()

    @extend_schema(operation_id="jobs_list", responses=JobSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List jobs, newest first."""
        rows = self.project.jobs.prefetch_related("created_by", "cluster")
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response(self.shown_jobs(list(page)))

    @extend_schema(request=NewJobSerializer, responses={201: JobSerializer})
    def post(self, request: Request) -> Response:
        """Start a job. For training give `{name, datasets, evaluation_dataset?, …}`."""
        project = self.project
        body = self.read(NewJobSerializer)
        start = start_job if body["recipe"] in STARTS else start_published_job
        job = start(actor=self.actor, project=project, **body)
        return Response(self.shown_jobs([job])[0], status=201)


class JobView(JobShowing, OrganizationView):
    """One job."""

    serializer_class = JobSerializer
    queryset = Job.objects.none()
    read_role = Role.REVIEWER

    def get(self, request: Request) -> Response:
        """Return a job with its progress."""
        return Response(self.shown_jobs([access_job(self.actor, self.kwargs["job"])])[0])


class JobCancelView(JobShowing, OrganizationView):
    """Stopping a job."""

    serializer_class = JobSerializer
    queryset = Job.objects.none()

    @extend_schema(request=None, responses=JobSerializer)
    def post(self, request: Request) -> Response:
        """Cancel it: at once where nobody works on it, else as soon as the cluster has stopped."""
        job = access_job(self.actor, self.kwargs["job"])
        cancelled = cancel_job(organization=self.actor.organization, actor=self.actor, job=job)
        return Response(self.shown_jobs([cancelled])[0])


class JobRestartView(JobShowing, OrganizationView):
    """Starting a silent job again."""

    serializer_class = JobSerializer
    queryset = Job.objects.none()

    @extend_schema(request=None, responses=JobSerializer)
    def post(self, request: Request) -> Response:
        """Queue a job that has fallen silent again; 409 when it has ended or is not silent.

        Whatever its old attempt still reports no longer counts.
        """
        job = access_job(self.actor, self.kwargs["job"])
        again = restart_silent_job(organization=self.actor.organization, actor=self.actor, job=job)
        return Response(self.shown_jobs([again])[0])
