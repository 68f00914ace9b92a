"""Django app of `controlplane.jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs and attempts as seen from here, and their state rules."""

    name = "controlplane.jobs"
    label = "jobs"
