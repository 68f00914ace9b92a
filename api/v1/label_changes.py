"""Merge, split and delete labels, with the count of touched answers beforehand, and undo."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import LabelChangeKind
from annex.contract.leaves import MAX_LABELS
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectListView, ProjectView
from api.fields import NameField
from controlplane.projects.access import access_label_change
from controlplane.projects.choices import LABEL_CHANGE_KINDS, LABEL_CHANGE_STATES
from controlplane.projects.label_changes import Wish, apply_change, count_change, undo_change
from controlplane.projects.models import LabelChange


class LabelChangeSerializer(serializers.Serializer[Any]):
    """A change of the scheme. Counts are null until the cluster has reported them.

    `answers` are those outside evaluation datasets, `looks` the examples that come back to people,
    `not_restored` what was edited before an undo. `cluster_state` says whether it has to wait.
    """

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=LABEL_CHANGE_KINDS)
    state = serializers.ChoiceField(choices=LABEL_CHANGE_STATES)
    labels = serializers.ListField(child=serializers.UUIDField())
    into = serializers.ListField(child=serializers.UUIDField())
    new_names = serializers.ListField(child=serializers.CharField())
    evaluation = serializers.BooleanField()
    look_again = serializers.BooleanField()
    answers = serializers.IntegerField(allow_null=True)
    evaluation_answers = serializers.IntegerField(allow_null=True)
    looks = serializers.IntegerField()
    not_restored = serializers.IntegerField()
    cluster_state = serializers.CharField(source="project.cluster.shown_state")
    created_by = serializers.CharField(source="created_by.name")
    created_at = serializers.DateTimeField()
    applied_at = serializers.DateTimeField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)


class NewLabelChangeSerializer(serializers.Serializer[Any]):
    """Marks of `labels` are to become the first of `into`, then of the labels made by name."""

    kind = serializers.ChoiceField(choices=LABEL_CHANGE_KINDS)
    labels = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MAX_LABELS
    )
    into = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MAX_LABELS
    )
    new_names = serializers.ListField(child=NameField(), required=False, max_length=MAX_LABELS)


class ApplyLabelChangeSerializer(serializers.Serializer[Any]):
    """`evaluation`: held-back answers follow too, and what was measured on them is outdated."""

    evaluation = serializers.BooleanField(default=False)
    look_again = serializers.BooleanField(default=False)


class LabelChangesView(ProjectListView):
    """List the changes of a scheme, ask what a new one would touch."""

    serializer_class = LabelChangeSerializer
    queryset = LabelChange.objects.none()

    def get_queryset(self) -> Any:
        """Return the project's changes."""
        return self.project.label_changes.select_related("project__cluster", "created_by")

    @extend_schema(request=NewLabelChangeSerializer, responses={201: LabelChangeSerializer})
    def post(self, request: Request) -> Response:
        """Ask the cluster how many answers a change would touch. Nothing changes yet."""
        project = self.project
        body = self.read(NewLabelChangeSerializer)
        wish = Wish(
            kind=LabelChangeKind(body["kind"]),
            labels=body["labels"],
            into=body.get("into", []),
            new_names=body.get("new_names", []),
        )
        return self.shown(count_change(actor=self.actor, project=project, wish=wish), status=201)


class LabelChangeView(ProjectView):
    """One change."""

    serializer_class = LabelChangeSerializer
    queryset = LabelChange.objects.none()

    @property
    def change(self) -> LabelChange:
        """The change of the path. Raises: NotFound."""
        return access_label_change(self.project, self.kwargs["change"])

    def get(self, request: Request) -> Response:
        """Show a change, also whether the cluster has counted or made it."""
        return self.shown(self.change)


class LabelChangeApplyView(LabelChangeView):
    """Make a counted change."""

    http_method_names = ("post", "options")

    @extend_schema(request=ApplyLabelChangeSerializer, responses={200: LabelChangeSerializer})
    def post(self, request: Request) -> Response:
        """Let every answer on the cluster follow; while the cluster is away the change waits."""
        change = self.change
        body = self.read(ApplyLabelChangeSerializer)
        return self.shown(apply_change(actor=self.actor, change=change, **body))


class LabelChangeUndoView(LabelChangeView):
    """Take a change back."""

    http_method_names = ("post", "options")

    @extend_schema(request=None, responses={200: LabelChangeSerializer})
    def post(self, request: Request) -> Response:
        """Put every answer back that was not edited since; the newest change goes first."""
        return self.shown(undo_change(actor=self.actor, change=self.change))
