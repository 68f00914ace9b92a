"""The label scheme, read and saved as a whole."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import Role
from annex.contract.leaves import MAX_COUNT, MAX_LABELS
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectView
from api.fields import NameField
from controlplane.projects.labels import LabelDraft, save_labels
from controlplane.projects.models import Label, Project


class LabelSerializer(serializers.Serializer[Any]):
    """A label; without `id` it is new."""

    id = serializers.UUIDField(required=False, allow_null=True)
    name = NameField()
    colour = serializers.RegexField(r"^#[0-9a-f]{6}$", required=False, allow_null=True)
    key = serializers.RegexField(r"^[0-9a-z]$", required=False, allow_null=True)
    position = serializers.IntegerField(required=False, min_value=0, max_value=MAX_LABELS)
    retired = serializers.BooleanField(required=False, default=False)


class SchemeSerializer(serializers.Serializer[Any]):
    """The whole scheme, in order; `cluster_url` leads to where its definitions are written."""

    version = serializers.IntegerField(required=False, min_value=0, max_value=MAX_COUNT)
    labels: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=LabelSerializer(), max_length=MAX_LABELS
    )
    cluster_url = serializers.CharField(read_only=True)


class LabelsView(ProjectView):
    """The label scheme of a project."""

    serializer_class = SchemeSerializer
    queryset = Label.objects.none()
    read_role = Role.ANNOTATOR

    def get(self, request: Request) -> Response:
        """Return the scheme, retired labels included."""
        return self.shown(_scheme(self.project))

    def put(self, request: Request) -> Response:
        """Save the whole scheme: labels with an id keep it, those left out are retired.

        With `version`, it is refused when someone else has saved meanwhile.
        """
        project = self.project
        body = self.read(SchemeSerializer)
        drafts = [_draft(row) for row in body["labels"]]
        saved = save_labels(
            actor=self.actor, project=project, labels=drafts, version=body.get("version")
        )
        return self.shown(_scheme(saved))


def _draft(row: dict[str, Any]) -> LabelDraft:
    return LabelDraft(**{name: value for name, value in row.items() if name != "position"})


def _scheme(project: Project) -> dict[str, Any]:
    return {
        "version": project.labels_version,
        "labels": list(project.labels.all()),
        "cluster_url": f"{project.cluster.origin}/labels/{project.id}",
    }
