"""Attempts at jobs. A row decides; a Celery message only rings."""

from __future__ import annotations

import uuid
from typing import ClassVar

from annex.contract.enums import FailureCode, JobRecipe, JobState, LeaseClass, Stage
from django.db import models
from django.db.models.functions import Now

from worker.jobs.querysets import AttemptQuerySet


class Attempt(models.Model):
    """One try at a job under one epoch.

    `run` counts the local starts of this attempt and fences its writes: who holds a lower number
    writes nothing. States used here: held, running, lost and the three terminal ones.
    `heartbeat_at` is moved by the supervising process, `process_id` is its child's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    job = models.UUIDField(db_index=True)
    epoch = models.PositiveIntegerField()
    run = models.PositiveIntegerField(default=0)
    project_id = models.UUIDField()
    recipe = models.CharField(max_length=64, choices=[(r.value, r.value) for r in JobRecipe])
    arguments = models.JSONField(default=dict)
    lease_class = models.CharField(max_length=16, choices=[(c.value, c.value) for c in LeaseClass])
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in JobState], default=JobState.HELD.value
    )
    stage = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in Stage], default=Stage.STARTING.value
    )
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    process_id = models.PositiveIntegerField(null=True)
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "epoch"], name="attempt_once_per_epoch")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=["held", "running"]),
                name="attempt_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Shard(models.Model):
    """A part of an attempt that any worker process may do; `number` from 0 orders the whole.

    `work` and `result` are the recipe's own. `holder` is drawn anew whenever it is taken: only the
    present holder may finish it. `is_helped` when that is not the attempt's own process, and so
    takes a slot. `done` counts as the attempt's own progress does.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="shards", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    work = models.JSONField()
    result = models.JSONField(default=dict)
    holder = models.UUIDField(null=True)
    is_helped = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    done = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "number"], name="shard_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["attempt", "number"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="shard_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.number}"


class Failure(models.Model):
    """What went wrong, in full; only `code`, `stage` and `ref` leave the cluster."""

    ref = models.UUIDField(primary_key=True, default=uuid.uuid4)
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="failures")
    code = models.CharField(max_length=64, choices=[(c.value, c.value) for c in FailureCode])
    stage = models.CharField(max_length=16, choices=[(s.value, s.value) for s in Stage])
    message = models.TextField(blank=True)
    traceback = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.ref)
