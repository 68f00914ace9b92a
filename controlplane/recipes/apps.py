"""Django app of `controlplane.recipes`."""

from django.apps import AppConfig


class RecipesConfig(AppConfig):
    """Packages of recipes and what each recipe asks for."""

    name = "controlplane.recipes"
    label = "recipes"
