"""The second of three tenancy locks: no query on a tenant's table without an active organization.

The edge is the first lock (`api/edge.py`), row-level security the wall behind both
(`controlplane/lib/migrations.py`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar, Self, TypeVar
from uuid import UUID

from django.db import connection, models, transaction

from controlplane.lib.errors import TenantMissing, TenantMixed

M = TypeVar("M", bound=models.Model)

_active: ContextVar[UUID | None] = ContextVar("annex_tenant", default=None)


def active_tenant() -> UUID:
    """Return the id of the active organization. Raises: TenantMissing (ours)."""
    organization_id = _active.get()
    if organization_id is None:
        raise TenantMissing("A query on a tenant's table ran outside `with tenant(...)`.")
    return organization_id


@contextmanager
def tenant(organization_id: UUID) -> Iterator[None]:
    """Open a transaction in which this organization, and no other, is visible.

    May be nested for the same organization. `transaction.on_commit` callbacks run outside of it.
    Raises: TenantMissing (ours) for None, TenantMixed (ours) inside another organization.
    """
    if not isinstance(organization_id, UUID):
        raise TenantMissing("`tenant()` needs the UUID of an organization.")
    if _active.get() == organization_id:
        with transaction.atomic():
            yield
        return
    if _active.get() is not None:
        raise TenantMixed("Another organization is already active.")
    with transaction.atomic():
        _tell_database(str(organization_id))
        token = _active.set(organization_id)
        try:
            yield
        finally:
            _active.reset(token)
        # On an exception the rollback restores the setting; on a mere savepoint nothing would.
        _tell_database("")


def _tell_database(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('annex.organization', %s, true)", [value])


class TenantManager(models.Manager[M]):
    """The default manager of a tenant's table: every query is filtered by the active organization.

    Related managers (`project.labels`) derive from it and are filtered the same way.
    Raises: TenantMissing (ours) without an active organization.
    """

    tenant_column: ClassVar[str] = "organization_id"

    def get_queryset(self) -> models.QuerySet[M]:
        """Return the active organization's rows."""
        return super().get_queryset().filter(**{self.tenant_column: active_tenant()})

    def none(self) -> models.QuerySet[M]:
        """Return an empty queryset; needs no active organization."""
        # Class-level querysets of views are made at import, when no organization is active.
        return super().get_queryset().none()


class TenantModel(models.Model):
    """A row that belongs to one organization and is invisible to every other.

    A model of ours that is not one of these says why in `shared_because`; a test looks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.CASCADE, related_name="+", editable=False
    )

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        abstract = True
