"""Django app of `worker.annotate`."""

from django.apps import AppConfig


class AnnotateConfig(AppConfig):
    """The HTTP app for annotators."""

    name = "worker.annotate"
    label = "worker_annotate"
