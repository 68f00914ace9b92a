"""Clusters as the control plane knows them: public keys, sessions, commands out, events in."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from annex.contract.signing import GENESIS
from django.db import models
from django.utils import timezone

from controlplane.lib.tenancy import TenantModel

SILENT_AFTER = timedelta(seconds=90)
"""A cluster polls every 25 s; three polls missed and it is shown as silent."""


class ClusterState(models.TextChoices):
    """Stored states; `silent` is computed from `last_seen_at` and never stored."""

    PENDING = "pending"
    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    REVOKED = "revoked"


class Cluster(TenantModel):
    """One customer installation of the worker.

    `next_command` is the number the next command gets, `next_event` the number expected next from
    the cluster; both move under a lock of this row. `openings` is the highest number of a session
    request seen. `origin` is where annotators open the worker.
    """

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=48)
    origin = models.CharField(max_length=200)
    state = models.CharField(
        max_length=12, choices=ClusterState.choices, default=ClusterState.PENDING
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    worker_version = models.CharField(max_length=16, blank=True)
    recipes = models.JSONField(default=list)
    last_seen_at = models.DateTimeField(null=True)
    free_slots = models.IntegerField(default=0)
    running_jobs = models.IntegerField(default=0)
    outbox_events = models.BigIntegerField(default=0)
    ledger_rows = models.BigIntegerField(default=0)
    next_command = models.BigIntegerField(default=1)
    next_event = models.BigIntegerField(default=1)
    session_epoch = models.IntegerField(default=0)
    openings = models.BigIntegerField(default=0)
    ledger_head = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "slug"], name="clusters_cluster_slug_once"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def shown_state(self) -> str:
        """The stored state, or `silent` for an active cluster that has not been heard of."""
        if self.state != ClusterState.ACTIVE:
            return self.state
        heard = self.last_seen_at is not None and timezone.now() - self.last_seen_at < SILENT_AFTER
        return "active" if heard else "silent"


class JoinToken(TenantModel):
    """A one-time permission to enrol one cluster; the secret is stored as a digest."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="join_tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_key = models.CharField(max_length=43, blank=True)
    burned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class ClusterKey(TenantModel):
    """A cluster's public key; it may speak once an admin has confirmed its fingerprint."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="keys")
    key_id = models.CharField(max_length=43, unique=True)
    public_key = models.CharField(max_length=43, unique=True)
    fingerprint = models.CharField(max_length=39)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.fingerprint


class Session(TenantModel):
    """One run of a link. Only the newest epoch of a cluster may speak.

    `highest` and `bits` are the replay window over request numbers.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="sessions")
    key = models.ForeignKey(ClusterKey, on_delete=models.CASCADE, related_name="+")
    epoch = models.IntegerField()
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True)
    highest = models.BigIntegerField(default=0)
    bits = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["cluster", "epoch"], name="clusters_session_epoch"),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=models.Q(closed_at=None),
                name="clusters_session_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster_id} {self.epoch}"


class Command(TenantModel):
    """One command; signed anew each time it is delivered, always with the same id and number.

    `key` groups commands of which only the newest undelivered one matters.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="commands")
    seq = models.BigIntegerField()
    type = models.CharField(max_length=32)
    key = models.CharField(max_length=80, blank=True)
    body = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    delivered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["cluster", "seq"], name="clusters_command_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.seq}"


class EventOutcome(models.TextChoices):
    """What an accepted event did; `failed` is a defect of ours, and its body is kept."""

    APPLIED = "applied"
    IGNORED = "ignored"
    FAILED = "failed"


class ReceivedEvent(TenantModel):
    """An event that was accepted. Its digest tells a repeat from a rewrite of history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField()
    type = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=8, choices=EventOutcome.choices)
    body = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["cluster", "seq"], name="clusters_event_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.seq}"
