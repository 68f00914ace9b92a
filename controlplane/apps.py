"""The control plane as an app: its processes' commands (`manage.py web`, `poll`, `celery`)."""

from django.apps import AppConfig


class ControlPlaneConfig(AppConfig):
    """Carries the commands that belong to no noun."""

    name = "controlplane"
    label = "controlplane"

    def ready(self) -> None:
        """Let every process ring this plane's broker; Celery's own default app would ring AMQP."""
        from controlplane.celery import app

        app.set_default()
