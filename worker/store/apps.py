"""Django's registration of the store."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "worker.store"
    label = "worker_store"

    def ready(self) -> None:
        from worker.store import snapshots  # noqa: F401  follows the project's configuration
