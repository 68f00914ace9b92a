"""Django app of `worker.oversight`."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Pages and files with which the customer watches over their own cluster."""

    name = "worker.oversight"
    label = "worker_oversight"
