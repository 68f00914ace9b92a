"""Django app of `worker.queue`."""

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """Routing, leases and what comes next."""

    name = "worker.queue"
    label = "worker_queue"
