"""Django's registration of the project mirrors."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Mirrors each project's configuration."""

    name = "worker.projects"
    label = "worker_projects"

    def ready(self) -> None:
        """Register the snapshot's handler."""
        from worker.projects import commands  # noqa: F401  registers the snapshot's handler
