"""Replaces the built-in recipes by staged ones."""

from django.apps import AppConfig


class StagedConfig(AppConfig):
    """Recipes whose behaviour the test chooses by the dataset's id."""

    name = "tests.worker.jobs.staged"
    label = "staged"

    def ready(self) -> None:
        from tests.worker.jobs.staged.recipes import find_staged
        from worker.jobs.recipes import find_recipes_with

        find_recipes_with(find_staged)
