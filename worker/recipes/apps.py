"""Django app of `worker.recipes`."""

from django.apps import AppConfig


class RecipesConfig(AppConfig):
    """Built-in recipes, one a file, and their registry."""

    name = "worker.recipes"
    label = "worker_recipes"

    def ready(self) -> None:
        """Hand the recipes down to the jobs, which must not import them."""
        from worker.jobs.recipes import find_recipes_with
        from worker.recipes.registry import load_recipe

        find_recipes_with(load_recipe)
