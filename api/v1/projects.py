"""Projects."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import Role
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ListView, ProjectView
from api.fields import NameField
from controlplane.clusters.access import access_cluster
from controlplane.lib.errors import InvalidRequest, NotFound
from controlplane.projects.actions import change_project, create_project, delete_project
from controlplane.projects.models import Project


class CountsSerializer(serializers.Serializer[Any]):
    """What a project holds."""

    examples = serializers.IntegerField(source="count_examples")
    answered = serializers.IntegerField(source="count_answered")
    models = serializers.IntegerField(source="count_models")


class SetupSerializer(serializers.Serializer[Any]):
    """What of the guided first run is done."""

    data = serializers.BooleanField()  # type: ignore[assignment]  # `data` is also a DRF property
    labels = serializers.BooleanField()
    held_back = serializers.BooleanField()
    people = serializers.BooleanField()
    target = serializers.BooleanField()
    suggestions = serializers.BooleanField()
    model = serializers.BooleanField()


class ProjectSerializer(serializers.Serializer[Any]):
    """A project; a caller gives `title`, `cluster` and perhaps `target_f` (0 to 100)."""

    id = serializers.UUIDField(read_only=True)
    title = NameField()
    cluster = serializers.UUIDField(source="cluster_id")
    created_at = serializers.DateTimeField(read_only=True)
    target_f = serializers.FloatField(min_value=0, max_value=100, required=False, allow_null=True)
    counts = CountsSerializer(source="*", read_only=True)
    setup = serializers.SerializerMethodField()

    @extend_schema_field(SetupSerializer)
    def get_setup(self, project: Any) -> dict[str, bool]:
        """Return which steps of the first run are done."""
        return {
            "data": project.count_examples > 0,
            "labels": project.count_labels > 0,
            "held_back": project.count_held_back > 0,
            "people": project.count_people > 0,
            "target": project.target_f is not None,
            "suggestions": project.count_suggestions > 0,
            "model": project.count_models > 0,
        }


class ProjectChangeSerializer(serializers.Serializer[Any]):
    """What may be changed of a project."""

    title = NameField(required=False)
    target_f = serializers.FloatField(min_value=0, max_value=100, required=False, allow_null=True)


class ProjectsView(ListView):
    """List the projects one may see, make another."""

    serializer_class = ProjectSerializer
    queryset = Project.objects.none()

    def get_queryset(self) -> Any:
        """Return the projects the actor may see."""
        return Project.objects.visible_to(self.actor).with_counts()

    @extend_schema(responses={201: ProjectSerializer})
    def post(self, request: Request) -> Response:
        """Make a project on a cluster."""
        body = self.read(ProjectSerializer)
        try:
            cluster = access_cluster(self.actor, body["cluster_id"])
        except NotFound:
            raise InvalidRequest("There is no such cluster.", field="cluster") from None
        made = create_project(
            actor=self.actor,
            title=body["title"],
            cluster=cluster,
            target_f=body.get("target_f"),
        )
        return self.shown(with_counts(made), status=201)


class OneProjectView(ProjectView):
    """One project."""

    serializer_class = ProjectSerializer
    queryset = Project.objects.none()
    read_role = Role.ANNOTATOR

    def get(self, request: Request) -> Response:
        """Return a project with its counts."""
        return self.shown(with_counts(self.project))

    @extend_schema(request=ProjectChangeSerializer)
    def patch(self, request: Request) -> Response:
        """Change the title or the target."""
        project = self.project
        changes = self.read(ProjectChangeSerializer)
        return self.shown(
            with_counts(change_project(actor=self.actor, project=project, changes=changes))
        )

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget the project here. What lies on the cluster stays there."""
        delete_project(actor=self.actor, project=self.project)
        return Response(status=204)


def with_counts(project: Project) -> Any:
    """Return the same project with the counts a screen shows."""
    return Project.objects.with_counts().get(pk=project.pk)
