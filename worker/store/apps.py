"""Django's registration of the store."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Follows each project's configuration with datasets and assets."""

    name = "worker.store"
    label = "worker_store"

    def ready(self) -> None:
        """Register what follows the configuration."""
        from worker.store import snapshots  # noqa: F401  follows the project's configuration
