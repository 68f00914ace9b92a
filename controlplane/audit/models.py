"""Who did what, and what has been answered to a repeated request."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from controlplane.lib.tenancy import TenantModel


class AuditRow(TenantModel):
    """One act. Ids and words of ours only; the application role can add rows, never change them."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    user = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    token_id = models.UUIDField(null=True)
    cluster_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=64)
    noun = models.CharField(max_length=64)
    noun_id = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "-at", "id"], name="audit_row_newest"),
        ]


class IdempotencyRecord(TenantModel):
    """The answer to a write that carried an Idempotency-Key, kept for 24 hours.

    `body` is null where the answer showed a secret: such a write is refused when repeated.
    """

    actor_key = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "actor_key", "key"], name="audit_idempotency_once"
            ),
        ]
