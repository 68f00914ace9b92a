"""Django app of `worker.people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Approved subjects, sessions and local unlock."""

    name = "worker.people"
    label = "worker_people"

    def ready(self) -> None:
        """Register the handler of session.revoke and the OpenAPI security scheme."""
        from worker.people import commands, schema  # noqa: F401  both register themselves
