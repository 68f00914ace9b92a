"""Django app of `controlplane.jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs and attempts as seen from here, and their state rules."""

    name = "controlplane.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Register what clusters' reports do to jobs."""
        from controlplane.jobs import events  # noqa: F401
