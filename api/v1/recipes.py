"""The catalogue of recipes: what they ask for, and where they run."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from annex.contract.enums import Role
from annex.contract.fields import Field
from annex.contract.schema import json_schema_of
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import OrganizationView
from api.pagination import whole_list
from controlplane.clusters.access import access_cluster
from controlplane.recipes.catalogue import Entry, catalogue
from controlplane.recipes.models import RECIPE_KINDS, VIEWS, Recipe


class RecipeNameSerializer(serializers.Serializer[Any]):
    """A recipe by name; `recipe` is what a task asks for, `polite.check.v1`."""

    recipe = serializers.CharField(source="full_name")
    name = serializers.CharField()
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=RECIPE_KINDS)
    title = serializers.CharField()


class HomeSerializer(serializers.Serializer[Any]):
    """One version of a package that has the recipe, and the cluster where it lies."""

    package = serializers.CharField(source="name")
    version = serializers.CharField()
    cluster = serializers.UUIDField(source="cluster_id")
    cluster_name = serializers.CharField(source="cluster.name")


@extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/Field"}})
class ArgumentsField(serializers.Field[Any, Any, Any, Any]):
    """What a recipe asks for, in the contract's own shape."""

    def to_representation(self, value: list[Field]) -> list[dict[str, Any]]:
        """Return each field as JSON."""
        return [field.model_dump(mode="json") for field in value]


class RecipeSerializer(RecipeNameSerializer):
    """A recipe as its newest package describes it. A built-in one runs on every cluster.

    `arguments` is what it asks for, `schema` the same as JSON Schema (draft 2020-12).
    """

    view = serializers.ChoiceField(choices=VIEWS, allow_null=True)
    help = serializers.CharField()
    built_in = serializers.BooleanField()
    arguments = ArgumentsField(source="fields")
    schema = serializers.SerializerMethodField()
    packages = HomeSerializer(many=True)

    def get_schema(self, entry: Entry) -> dict[str, Any]:
        """Return the schema of its arguments."""
        return json_schema_of(entry.fields)


class RecipePageSerializer(serializers.Serializer[Any]):
    """The whole catalogue as one page."""

    results = RecipeSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class RecipesView(OrganizationView):
    """What tasks and jobs can be made of."""

    serializer_class = RecipeSerializer
    queryset = Recipe.objects.none()
    read_role = Role.DEVELOPER

    @extend_schema(
        parameters=[OpenApiParameter("cluster", UUID, description="Only what runs there")],
        responses=RecipePageSerializer,
    )
    def get(self, request: Request) -> Response:
        """List built-in recipes, then the published ones by name."""
        wanted = request.query_params.get("cluster")
        cluster = access_cluster(self.actor, wanted) if wanted else None
        rows = catalogue(cluster.id if cluster else None)
        return whole_list(list(RecipeSerializer(rows, many=True).data))
