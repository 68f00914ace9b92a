"""Datasets: names, roles and the totals the cluster last reported."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import DatasetRole
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectListView
from api.fields import NameField
from controlplane.projects.actions import create_dataset
from controlplane.projects.choices import DATASET_ROLES
from controlplane.projects.models import Dataset


class DatasetSerializer(serializers.Serializer[Any]):
    """A dataset; a caller gives `name` and `role`."""

    id = serializers.UUIDField(read_only=True)
    name = NameField()
    role = serializers.ChoiceField(choices=DATASET_ROLES)
    examples = serializers.IntegerField(read_only=True)
    accepted = serializers.IntegerField(read_only=True)
    rejected = serializers.IntegerField(read_only=True)
    ignored = serializers.IntegerField(read_only=True)


class DatasetsView(ProjectListView):
    """List a project's datasets, name another."""

    serializer_class = DatasetSerializer
    queryset = Dataset.objects.none()

    def get_queryset(self) -> Any:
        """Return the project's datasets."""
        return self.project.datasets.all()

    @extend_schema(responses={201: DatasetSerializer})
    def post(self, request: Request) -> Response:
        """Name an empty dataset."""
        project = self.project
        body = self.read(DatasetSerializer)
        made = create_dataset(
            actor=self.actor, project=project, name=body["name"], role=DatasetRole(body["role"])
        )
        return self.shown(made, status=201)
