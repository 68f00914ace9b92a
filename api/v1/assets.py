"""Assets: named here, filled on the cluster's own pages."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import AssetKind
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectListView, ProjectView
from api.fields import NameField
from controlplane.projects.access import access_asset
from controlplane.projects.actions import create_asset
from controlplane.projects.choices import ASSET_KINDS
from controlplane.projects.models import Asset

PAGE_OF = {
    AssetKind.DATA: "data",
    AssetKind.PATTERNS: "rules",
    AssetKind.GUIDELINES: "guidelines",
}
"""First part of the path of an asset's page on the cluster."""


class AssetSerializer(serializers.Serializer[Any]):
    """An asset; a caller gives `name` and `kind`."""

    id = serializers.UUIDField(read_only=True)
    name = NameField()
    kind = serializers.ChoiceField(choices=ASSET_KINDS)
    state = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    rows = serializers.IntegerField(read_only=True, allow_null=True)
    size_bytes = serializers.IntegerField(read_only=True)
    hold_back = serializers.IntegerField(read_only=True)
    cluster_url = serializers.SerializerMethodField()
    dataset = serializers.UUIDField(source="dataset_id", read_only=True, allow_null=True)
    evaluation_dataset = serializers.UUIDField(
        source="evaluation_dataset_id", read_only=True, allow_null=True
    )

    def get_cluster_url(self, asset: Asset) -> str:
        """Return the page on the cluster where the asset is filled."""
        return f"{asset.project.cluster.origin}/{PAGE_OF[AssetKind(asset.kind)]}/{asset.id}"


class AssetsView(ProjectListView):
    """List a project's assets, name another."""

    serializer_class = AssetSerializer
    queryset = Asset.objects.none()

    def get_queryset(self) -> Any:
        """Return the project's assets."""
        return self.project.assets.select_related("project__cluster")

    @extend_schema(responses={201: AssetSerializer})
    def post(self, request: Request) -> Response:
        """Name an asset; `cluster_url` leads to the page where it is filled."""
        project = self.project
        body = self.read(AssetSerializer)
        made = create_asset(
            actor=self.actor, project=project, name=body["name"], kind=AssetKind(body["kind"])
        )
        return self.shown(made, status=201)


class AssetView(ProjectView):
    """One asset."""

    serializer_class = AssetSerializer
    queryset = Asset.objects.none()

    def get(self, request: Request) -> Response:
        """Return an asset."""
        return self.shown(access_asset(self.project, self.kwargs["asset"]))
