"""Django app of `worker.jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Attempts at jobs: claims, subprocesses and the sweeper."""

    name = "worker.jobs"
    label = "worker_jobs"

    def ready(self) -> None:
        """Register what the control plane may ask of this room."""
        import worker.celery  # noqa: F401  (names the broker for every process that rings)
        from worker.jobs import handlers  # noqa: F401
