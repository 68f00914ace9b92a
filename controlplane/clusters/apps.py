"""Django app of `controlplane.clusters`."""

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    """Enrolment, keys and sessions of clusters; commands out, events in."""

    name = "controlplane.clusters"
    label = "clusters"
