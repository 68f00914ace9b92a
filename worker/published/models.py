"""Packages of recipes, the streams of the tasks that run them, and what has failed.

All of it stays on the cluster.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from worker.published.failures import FailureKind


class Package(models.Model):
    """A published package: what was uploaded, and what it turned out to be.

    `digest` is that of its wheels, and names its environment. `description` is the
    `RecipePackage` that was read from the installed package, `description_digest` its digest.
    `log` is what installing and describing it said.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for a local administrator"
        INSTALLING = "installing", "Is being installed"
        INSTALLED = "installed", "Installed"
        REFUSED = "refused", "Cannot be installed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=48)
    version = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State.choices)
    description = models.JSONField(null=True)
    description_digest = models.CharField(max_length=64, blank=True)
    log = models.TextField(blank=True)
    published_by = models.UUIDField()
    published_at = models.DateTimeField(db_default=Now())
    approved_by = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "version"], name="package_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Wheel(models.Model):
    """One wheel of a package: its own, or that of something it needs."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="wheels")
    file_name = models.CharField(max_length=255)
    file_key = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "file_name"], name="wheel_once")
        ]

    def __str__(self) -> str:
        return self.file_name


class RecipeFailure(models.Model):
    """What went wrong with a recipe, in full, for the developers of its project.

    `unchecked` are answers that were saved as they were given because of it.
    """

    ref = models.UUIDField(primary_key=True, default=uuid.uuid4)
    project_id = models.UUIDField(db_index=True)
    task_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=32, choices=FailureKind.choices)
    message = models.TextField(blank=True)
    traceback = models.TextField(blank=True)
    output = models.TextField(blank=True)
    unchecked = ArrayField(models.UUIDField(), default=list)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.ref)


class Stream(models.Model):
    """How far the stream of a task's recipe was drawn.

    `taken` examples were drawn, and `resume` is the state that came with the last of them. They
    move in the transaction that stores the examples. `told_at` and `told_answer` name the last
    answer that `update` was given. `recipe` is the `PublishedRecipe` that all this is of.
    """

    class State(models.TextChoices):
        OPEN = "open", "Gives examples"
        ENDED = "ended", "Has no more examples"
        REFUSED = "refused", "Does not run on this cluster"
        FAILED = "failed", "Failed, and waits for a developer"

    task_id = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    recipe = models.JSONField()
    taken = models.PositiveBigIntegerField(default=0)
    resume = models.JSONField(null=True)
    told_at = models.DateTimeField(null=True)
    told_answer = models.UUIDField(null=True)
    failure = models.ForeignKey(RecipeFailure, models.SET_NULL, null=True, related_name="+")
    drawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.task_id)


class TaskFigures(models.Model):
    """The last figures of a task's recipe, in the order in which it declares them.

    `measured_at` is when the oldest of them was measured that has not been told; `turn` says which
    of them are told next.
    """

    task_id = models.UUIDField(primary_key=True)
    figures = models.JSONField(default=list)
    measured_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    turn = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.task_id)


class Secret(models.Model):
    """The value of a secret, encrypted; its name is the control plane's, its id theirs both."""

    id = models.UUIDField(primary_key=True)
    project_id = models.UUIDField(db_index=True)
    sealed = models.BinaryField()
    set_by = models.UUIDField()
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class Text(models.Model):
    """Free text that an argument of a recipe names by id, so that it stays on the cluster."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    project_id = models.UUIDField(db_index=True)
    text = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.id)
