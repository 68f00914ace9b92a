"""Django app of `worker.link`."""

from django.apps import AppConfig


class LinkConfig(AppConfig):
    """The only room that talks to the control plane."""

    name = "worker.link"
    label = "worker_link"
