"""Django app of `worker.published`."""

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    """Packages of recipes, and the fenced processes that run them."""

    name = "worker.published"
    label = "worker_published"

    def ready(self) -> None:
        """Close this process to recipes, and follow the tasks that name one."""
        import worker.celery  # noqa: F401  (names the broker for every process that rings)
        from worker.published import following  # noqa: F401  registers its follower
        from worker.published.fence import hide_memory

        hide_memory()
