"""Django app of `worker.workbench`."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Trying things out on the cluster."""

    name = "worker.workbench"
    label = "worker_workbench"
