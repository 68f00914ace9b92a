"""Django app of `worker.queue`."""

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """Routing, leases and what comes next."""

    name = "worker.queue"
    label = "worker_queue"

    def ready(self) -> None:
        """Follow the configuration of projects and the changes of their labels."""
        from worker.queue import filling, label_changes  # noqa: F401  they register themselves
