"""Django app of `controlplane.projects`."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Projects, label schemes, tasks, assets and datasets: names and counts."""

    name = "controlplane.projects"
    label = "projects"
