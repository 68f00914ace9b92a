"""The queue of each task, leases on its examples, and running totals.

For every item `overlap = open_slots + live leases + answers`: a slot is free, held or used up.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from worker.store.models import Answer, Example, LabelChange


class Lane(models.TextChoices):
    """EVALUATION examples are held back from training and shown without suggestions."""

    EVALUATION = "evaluation"
    MAIN = "main"


class QueueItem(models.Model):
    """One example of one task. `open_slots` can be leased; `missing` answers are to come.

    `position` orders a lane. It is in no other index on purpose: ordered by the example's id, the
    planner walks the primary key through everything already answered. `annotators` are those whom
    a recipe's router named, and each of them is to answer; null for anybody.
    """

    task_id = models.UUIDField()
    example = models.ForeignKey(Example, models.CASCADE, related_name="+", db_index=False)
    lane = models.CharField(max_length=10, choices=Lane.choices)
    position = models.BigIntegerField()
    open_slots = models.PositiveSmallIntegerField()
    missing = models.PositiveSmallIntegerField()
    annotators = ArrayField(models.UUIDField(), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task_id", "example"], name="queue_item_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["task_id", "lane", "position"],
                condition=models.Q(open_slots__gt=0),
                name="queue_head",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.example_id}"


class Lease(models.Model):
    """An example that one annotator holds until `expires_at`; `id` is the order of serving.

    `touched` once the annotator has marked something; `draft` is `{spans, flagged, note}`.
    """

    task_id = models.UUIDField()
    example = models.ForeignKey(Example, models.CASCADE, related_name="+", db_index=False)
    subject = models.UUIDField()
    expires_at = models.DateTimeField()
    active_at = models.DateTimeField()
    touched = models.BooleanField(default=False)
    draft = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task_id", "subject", "example"], name="lease_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["task_id", "example"], name="lease_of_example"),
            models.Index(fields=["task_id", "expires_at"], name="lease_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.example_id} {self.subject}"


class SecondLook(models.Model):
    """An answered example that is to be looked at once more, because of a label change.

    `answer` is the one in doubt; it stays valid until replaced. `subject` is whose turn it is, null
    for anybody's. It takes no slot of the queue. `draft` is as in `Lease`.
    """

    task_id = models.UUIDField()
    example = models.ForeignKey(Example, models.CASCADE, related_name="+", db_index=False)
    subject = models.UUIDField(null=True)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="+")
    change = models.ForeignKey(LabelChange, models.CASCADE, related_name="+")
    marks = models.PositiveIntegerField()
    draft = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task_id", "answer"], name="second_look_once")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.example_id}"


class Tally(models.Model):
    """One annotator's totals in one task: one row each, so that no two annotators wait for it.

    `served` counts examples handed out, and decides which lane is next. `finished` counts examples
    whose last missing answer was this annotator's. `today…` holds for `day` (UTC) only.
    `reads_noted` is how much of `served` stands in the access log.
    """

    task_id = models.UUIDField()
    subject = models.UUIDField()
    served = models.PositiveBigIntegerField(default=0)
    accepted = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    ignored = models.PositiveBigIntegerField(default=0)
    finished = models.PositiveBigIntegerField(default=0)
    evaluation_finished = models.PositiveBigIntegerField(default=0)
    working_ms = models.PositiveBigIntegerField(default=0)
    day = models.DateField()
    today_answers = models.PositiveIntegerField(default=0)
    today_working_ms = models.PositiveBigIntegerField(default=0)
    unreported = models.BooleanField(default=False)
    reads_noted = models.PositiveBigIntegerField(db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task_id", "subject"], name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.subject}"


class QueueSize(models.Model):
    """How many examples a task has in each lane; counted when the queue is filled."""

    task_id = models.UUIDField(primary_key=True)
    examples = models.PositiveBigIntegerField(default=0)
    evaluation_examples = models.PositiveBigIntegerField(default=0)
    unreported = models.BooleanField(default=True)
    datasets_reported_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.task_id)
