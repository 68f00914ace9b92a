"""Mirrors of `config.snapshot`. The control plane made the ids; only `actions.py` writes."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from annex.contract.enums import PredictorKind, Role, TaskRecipe, TaskState
from annex.contract.published import BUILT_IN, View
from django.contrib.postgres.fields import ArrayField
from django.db import models

BY_RECIPE = "recipe"
"""Stands for a predictor's kind where the task's own recipe suggests; the id is the task's."""


class Project(models.Model):
    """One project that lives on this cluster; `version` is that of the last snapshot applied."""

    id = models.UUIDField(primary_key=True)
    title = models.CharField(max_length=200)
    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.id)


class Label(models.Model):
    """One label of a project's scheme. A retired label stays, for the answers that used it."""

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="labels")
    name = models.CharField(max_length=200)
    colour = models.CharField(max_length=7)
    key = models.CharField(max_length=1, blank=True)
    position = models.PositiveIntegerField()
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return str(self.id)


class Task(models.Model):
    """One task. Dataset, asset and predictor are ids of rows in the rooms above this one.

    `published` is the `PublishedRecipe` of a customer's own recipe. What this cluster makes of it
    is in `view` (a `View`), `has_check` (it checks answers) and `refusal` (the code for which it
    does not run here), all written by `worker.published`.
    """

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=200)
    recipe = models.CharField(max_length=64, choices=[(r.value, r.value) for r in TaskRecipe])
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in TaskState])
    dataset_id = models.UUIDField(db_index=True)
    evaluation_dataset_id = models.UUIDField(null=True, db_index=True)
    evaluation_share = models.FloatField()
    label_ids = ArrayField(models.UUIDField())
    exclusive = models.BooleanField(default=False)
    blind = models.BooleanField(default=False)
    suggestions_kind = models.CharField(
        max_length=16, blank=True, choices=[(k.value, k.value) for k in PredictorKind]
    )
    suggestions_id = models.UUIDField(null=True)
    unsure_first = models.BooleanField(default=False)
    guidelines_id = models.UUIDField(null=True)
    overlap = models.PositiveSmallIntegerField(default=1)
    lease_seconds = models.PositiveIntegerField(default=900)
    published = models.JSONField(null=True)
    view = models.CharField(max_length=16, blank=True, choices=[(v.value, v.value) for v in View])
    has_check = models.BooleanField(default=False)
    refusal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def dataset_ids(self) -> list[UUID]:
        """The ids of its datasets: the main one, and the held-back one if any."""
        return [found for found in (self.dataset_id, self.evaluation_dataset_id) if found]

    @property
    def is_classifying(self) -> bool:
        """Say whether labels are chosen for whole texts, rather than parts of them marked."""
        return self.shown_as is View.CHOICES

    @property
    def is_relating(self) -> bool:
        """Say whether marked parts are connected."""
        return self.shown_as is View.RELATIONS

    @property
    def is_marking(self) -> bool:
        """Say whether parts of texts are marked."""
        return not self.is_classifying and self.shown_as.needs_labels

    @property
    def is_published(self) -> bool:
        """Say whether it runs a customer's own recipe."""
        return self.recipe == TaskRecipe.PUBLISHED.value

    @property
    def is_closed(self) -> bool:
        """Say whether nothing more is answered in it."""
        return self.state == TaskState.CLOSED.value

    @property
    def is_of_strangers(self) -> bool:
        """Say whether the code that it runs did not come with this worker."""
        return bool(self.published and self.published["package"] != BUILT_IN)

    @property
    def shown_as(self) -> View:
        """The screen that it is shown on."""
        if self.is_published and self.view:
            return View(self.view)
        return View.CHOICES if self.recipe == TaskRecipe.TEXTCAT_MANUAL.value else View.SPANS


class TaskAnnotator(models.Model):
    """A subject that may annotate a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="annotators")
    subject = models.UUIDField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "subject"], name="task_annotator_once")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.subject}"


class Person(models.Model):
    """A subject with its role in one project. The row goes when the person is removed there."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="people")
    subject = models.UUIDField(db_index=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Role])
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "subject"], name="person_once_per_project")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.subject}"


class Combination(models.Model):
    """Rules and a model that predict as one; ids of rows in the rooms above this one."""

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="combinations")
    name = models.CharField(max_length=200)
    rules = models.UUIDField()
    model = models.UUIDField()

    def __str__(self) -> str:
        return str(self.id)


class ModelName(models.Model):
    """What people call a trained model. The model itself is a row of `worker.training`."""

    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="model_names")
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.id)
