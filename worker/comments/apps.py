"""Django app of `worker.comments`."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """Comments on examples."""

    name = "worker.comments"
    label = "worker_comments"
