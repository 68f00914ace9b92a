"""The catalogue of recipes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from controlplane.recipes.models import RECIPE_KINDS


class RecipeNameSerializer(serializers.Serializer[Any]):
    """A recipe by name; `recipe` is what a task asks for, `polite.check.v1`."""

    recipe = serializers.CharField(source="full_name")
    name = serializers.CharField()
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=RECIPE_KINDS)
    title = serializers.CharField()
