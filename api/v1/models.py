"""Models: numbers here, files on the cluster."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectListView, ProjectView
from controlplane.board.access import access_model
from controlplane.board.models import TrainedModel


class ModelSerializer(serializers.Serializer[Any]):
    """A model; null numbers until it is trained."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    component = serializers.CharField()
    training_examples = serializers.IntegerField(allow_null=True)
    size_bytes = serializers.IntegerField(allow_null=True)
    seed = serializers.IntegerField()
    trained_at = serializers.DateTimeField(allow_null=True)
    seconds = serializers.FloatField(allow_null=True)
    packaged = serializers.BooleanField()
    job = serializers.UUIDField(source="job_id", allow_null=True)
    cluster_url = serializers.SerializerMethodField()

    def get_cluster_url(self, model: TrainedModel) -> str:
        """Return the model's page on the cluster, where its wheel is downloaded."""
        return f"{model.project.cluster.origin}/models/{model.id}"


class ModelsView(ProjectListView):
    """List a project's models; train one by starting a job."""

    serializer_class = ModelSerializer
    queryset = TrainedModel.objects.none()

    def get_queryset(self) -> Any:
        """Return the project's models."""
        return self.project.trained_models.select_related("project__cluster")


class ModelView(ProjectView):
    """One model."""

    serializer_class = ModelSerializer
    queryset = TrainedModel.objects.none()

    def get(self, request: Request) -> Response:
        """Return a model."""
        return self.shown(access_model(self.project, self.kwargs["model"]))
