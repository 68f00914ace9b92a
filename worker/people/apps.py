"""Django app of `worker.people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Approved subjects, sessions and local unlock."""

    name = "worker.people"
    label = "worker_people"

    def ready(self) -> None:
        from worker.people import commands  # noqa: F401  registers the handler of session.revoke
