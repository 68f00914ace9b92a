"""Packages of recipes: what developers published to a cluster, as their authors describe it."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import Role
from annex.contract.published import RecipePackage
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ListView
from api.v1.recipes import RecipeNameSerializer
from common.errors import AnnexError, Family
from controlplane.clusters.access import access_cluster
from controlplane.clusters.models import Cluster
from controlplane.recipes.actions import register_package
from controlplane.recipes.manifests import read_manifest
from controlplane.recipes.models import Package

MAX_MANIFEST_BYTES = 256 * 1024


class ManifestTooLarge(AnnexError):
    """More than names and fields of recipes ever need."""

    code = "package.too_large"
    family = Family.CUSTOMER
    status = 413
    title = "The description of this package is too large"
    what_to_do = "Split it into several packages, or shorten the help of its arguments."


class PackageSerializer(serializers.Serializer[Any]):
    """One version of a package. `digest` is that of its description, on the cluster too."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.CharField()
    digest = serializers.CharField()
    created_by = serializers.CharField(source="created_by.name")
    created_at = serializers.DateTimeField()
    recipes = RecipeNameSerializer(many=True)


class PackagesView(ListView):
    """List what was published to a cluster, tell of another package."""

    serializer_class = PackageSerializer
    queryset = Package.objects.none()
    read_role = Role.DEVELOPER

    @property
    def cluster(self) -> Cluster:
        """The cluster of the path. Raises: NotFound."""
        return access_cluster(self.actor, self.kwargs["cluster"])

    def get_queryset(self) -> Any:
        """Return the cluster's packages."""
        rows = self.cluster.packages.select_related("created_by")
        return rows.prefetch_related("recipes")

    @extend_schema(
        request=RecipePackage, responses={200: PackageSerializer, 201: PackageSerializer}
    )
    def post(self, request: Request) -> Response:
        """Take a package's recipes into the catalogue; the package itself goes to the cluster.

        The same description again answers 200. Another one under the same name and version is
        refused with 409 `package.version_taken`.
        """
        cluster = self.cluster
        if len(request._request.body) > MAX_MANIFEST_BYTES:
            raise ManifestTooLarge
        package, is_new = register_package(
            actor=self.actor, cluster=cluster, package=read_manifest(request.data)
        )
        return self.shown(package, status=201 if is_new else 200)
