"""The audit log."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import Role
from rest_framework import serializers

from api.edge import ListView
from api.pagination import NewestHappenedFirst
from controlplane.audit.models import AuditRow


class AuditSerializer(serializers.Serializer[Any]):
    """One act."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    actor = serializers.SerializerMethodField()
    verb = serializers.CharField()
    noun = serializers.CharField()
    noun_id = serializers.UUIDField(allow_null=True)

    def get_actor(self, row: AuditRow) -> str | None:
        """Return the person's name; null for what a cluster did."""
        return row.user.name if row.user else None


class AuditView(ListView):
    """Who did what, newest first."""

    serializer_class = AuditSerializer
    queryset = AuditRow.objects.none()
    pagination_class = NewestHappenedFirst
    read_role, write_role = Role.ADMIN, Role.OWNER

    def get_queryset(self) -> Any:
        """Return the organization's audit rows."""
        return AuditRow.objects.select_related("user")
