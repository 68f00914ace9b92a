"""Django app of `controlplane.clusters`."""

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    """Enrolment, keys and sessions of clusters; commands out, events in."""

    name = "controlplane.clusters"
    label = "clusters"

    def ready(self) -> None:
        """Register what clusters' own events do."""
        from controlplane.clusters import handlers  # noqa: F401
