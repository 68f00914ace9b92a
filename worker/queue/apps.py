"""Django app of `worker.queue`."""

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """Routing, leases and what comes next."""

    name = "worker.queue"
    label = "worker_queue"

    def ready(self) -> None:
        """Follow the configuration of projects."""
        from worker.queue import filling  # noqa: F401  registers the follower of snapshots
