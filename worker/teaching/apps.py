"""Django app of `worker.teaching`."""

from django.apps import AppConfig


class TeachingConfig(AppConfig):
    """Orders the queues of teaching tasks by what their model is unsure of."""

    name = "worker.teaching"
    label = "worker_teaching"

    def ready(self) -> None:
        """Follow changes of the tasks."""
        from worker.teaching import actions  # noqa: F401  registers what follows a snapshot
