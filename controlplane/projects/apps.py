"""Django app of `controlplane.projects`."""

from importlib import import_module

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Projects, label schemes, tasks, assets and datasets: names and counts."""

    name = "controlplane.projects"
    label = "projects"

    def ready(self) -> None:
        """Register the event handlers and the membership listener."""
        # They register what clusters' events and changes of membership do here.
        import_module("controlplane.projects.events")
        import_module("controlplane.projects.label_events")
        import_module("controlplane.projects.people")
