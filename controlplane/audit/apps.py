"""Django app of `controlplane.audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "controlplane.audit"
    label = "audit"
