"""What the link knows. Its database role can read and write these tables and no others."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from annex.contract.enums import LeaseClass
from annex.contract.signing import GENESIS
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone


class LinkState(models.Model):
    """The one row about this cluster's line: who it is, whom it trusts, how far it has read.

    `root_key` is pinned at enrolment and never replaced by a message. `cursor` is the last command
    stored. `openings` counts session requests and `session_epoch` is the last session opened.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    control_plane = models.CharField(max_length=200)
    cluster = models.UUIDField(null=True)
    organization = models.UUIDField(null=True)
    public_key = models.CharField(max_length=43)
    root_key = models.CharField(max_length=43, blank=True)
    command_key_id = models.CharField(max_length=43, blank=True)
    command_key = models.CharField(max_length=43, blank=True)
    login_key_id = models.CharField(max_length=43, blank=True)
    login_key = models.CharField(max_length=43, blank=True)
    console_origin = models.CharField(max_length=200, blank=True)
    cursor = models.BigIntegerField(default=0)
    session_epoch = models.IntegerField(default=0)
    openings = models.BigIntegerField(default=0)
    clock_offset_seconds = models.IntegerField(default=0)
    enrolled_at = models.DateTimeField(null=True)
    last_answer_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(id=1), name="worker_link_one_state"),
        ]

    def __str__(self) -> str:
        return str(self.cluster)


class InboxState(models.TextChoices):
    """RECEIVED: not yet handed over. WAITING: an offer that is not claimed yet."""

    WAITING = "waiting"
    RECEIVED = "received"
    APPLIED = "applied"
    UNSUPPORTED = "unsupported"
    REFUSED = "refused"
    LAPSED = "lapsed"


class Inbox(models.Model):
    """One command of the control plane, as it was signed; stored before the cursor moves."""

    seq = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(unique=True)
    type = models.CharField(max_length=64)
    body = models.JSONField()
    key_id = models.CharField(max_length=43)
    signature = models.CharField(max_length=86)
    state = models.CharField(max_length=16, choices=InboxState.choices)
    tries = models.PositiveSmallIntegerField(default=0)
    ref = models.UUIDField(null=True)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["seq"],
                condition=Q(state__in=["waiting", "received"]),
                name="worker_link_inbox_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.seq}"


class OutboxCounter(models.Model):
    """The next sequence number; moved in the transaction that gives numbers to events."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    next_seq = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.next_seq)


class OutboxEvent(models.Model):
    """An event on its way. Without `seq` it may still be replaced; with one it never changes."""

    id = models.BigAutoField(primary_key=True)
    seq = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=120, blank=True)
    body = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["key"], condition=Q(seq=None), name="worker_link_outbox_unsent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.seq}"


class LinkLease(models.Model):
    """A job that this cluster has claimed; `epoch` is the granted one.

    `stop` says why the work must end (`lost`, `cancel`) until those who work were `told`.
    """

    job = models.UUIDField(primary_key=True)
    epoch = models.IntegerField()
    lease_class = models.CharField(max_length=8, choices=[(c.value, c.value) for c in LeaseClass])
    renewed_at = models.DateTimeField()
    stop = models.CharField(max_length=9, blank=True)
    ended = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.job} {self.epoch}"


class Ledger(models.Model):
    """One row per outbound body, hash-chained and signed before anything is sent.

    `kind` is the last word of the path (`poll`, `events`, `claim`); `day` counts UTC days since
    1970.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.BigIntegerField()
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=200)
    session = models.IntegerField(default=0)
    number = models.BigIntegerField(default=0)
    events = models.IntegerField(default=0)
    body = models.BinaryField()
    body_sha256 = models.CharField(max_length=64)
    prev = models.CharField(max_length=64, default=GENESIS)
    head = models.CharField(max_length=64)
    signature = models.CharField(max_length=86)
    kind = models.GeneratedField(
        expression=Func(F("path"), Value("[a-z]+$"), function="substring"),
        output_field=models.CharField(max_length=32),
        db_persist=True,
    )
    day = models.GeneratedField(
        expression=F("at") / Value(86_400),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    size_bytes = models.GeneratedField(
        expression=Func(F("body"), function="octet_length"),
        output_field=models.IntegerField(),
        db_persist=True,
    )

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["kind", "seq"], name="worker_link_ledger_kind"),
            # Serves a day's rows, and the picture of days and kinds as an index-only scan.
            models.Index(
                fields=["day", "seq"],
                include=["kind", "size_bytes", "events"],
                name="worker_link_ledger_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.seq}"


class LineCut(models.Model):
    """A time in which nothing may be sent; the one without `restored_at` is in force.

    `cut_by` and `restored_by` are names of administrators, or users of the cluster's machines.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    cut_at = models.DateTimeField()
    cut_by = models.CharField(max_length=200)
    restored_at = models.DateTimeField(null=True)
    restored_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["restored_at"], name="worker_link_one_cut", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"cut {self.cut_at}"


class LedgerReceipt(models.Model):
    """The control plane's signed word that it accepted the ledger up to `head`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    ledger_seq = models.BigIntegerField(unique=True)
    accepted_seq = models.BigIntegerField()
    head = models.CharField(max_length=64)
    key_id = models.CharField(max_length=43)
    public_key = models.CharField(max_length=43)
    signature = models.CharField(max_length=86)

    def __str__(self) -> str:
        return f"{self.ledger_seq} {self.accepted_seq}"
