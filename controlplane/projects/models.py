"""Projects and what belongs to them, as far as the control plane may know: names and counts."""

from __future__ import annotations

from typing import Any, ClassVar

from annex.contract.enums import AssetState, TaskRecipe, TaskState
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from controlplane.lib.tenancy import TenantManager, TenantModel
from controlplane.projects.choices import (
    ASSET_KINDS,
    ASSET_STATES,
    DATASET_ROLES,
    LABEL_CHANGE_KINDS,
    LABEL_CHANGE_STATES,
    PREDICTOR_KINDS,
    TASK_STATES,
    LabelChangeState,
)
from controlplane.projects.querysets import ProjectQuerySet, TaskQuerySet
from controlplane.recipes.builtin import BUILT_IN, has_stream

NAME_LENGTH = 200


class Project(TenantModel):
    """Tasks, labels, datasets, models and people that belong together, on one cluster.

    `version` numbers the configuration as the cluster sees it; `labels_version` the scheme.
    """

    title = models.CharField(max_length=NAME_LENGTH)
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="+")
    target_f = models.FloatField(null=True)
    version = models.PositiveBigIntegerField(default=0)
    labels_version = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantManager.from_queryset(ProjectQuerySet)()  # type: ignore[misc]  # the same, with reads

    def __str__(self) -> str:
        return self.title


class ProjectMember(TenantModel):
    """A member who may see a project although their role alone would not show it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="project_members")
    membership = models.ForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, related_name="project_members"
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "membership"], name="projects_member_once"),
        ]


class Label(TenantModel):
    """One label of a project's scheme. Retired labels keep their id: answers refer to it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=NAME_LENGTH)
    colour = models.CharField(max_length=7)
    key = models.CharField(max_length=1, null=True)  # noqa: DJ001 - the contract says null
    position = models.PositiveIntegerField()
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "name"],
                condition=models.Q(retired=False),
                name="projects_label_name_once",
            ),
        ]


class LabelChange(TenantModel):
    """A merge, split or deletion of labels that the answers on the cluster follow.

    Marks of `labels` become the first of `into`. `new_names` are parts still to be made, `made`
    those that were; `former` keeps the label ids of each task, for an undo. Counts are the
    cluster's: `answers` outside evaluation datasets, `evaluation_answers` within.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="label_changes")
    kind = models.CharField(max_length=16, choices=LABEL_CHANGE_KINDS)
    state = models.CharField(
        max_length=16, choices=LABEL_CHANGE_STATES, default=LabelChangeState.COUNTING.value
    )
    labels = ArrayField(models.UUIDField())
    into = ArrayField(models.UUIDField(), default=list)
    new_names = ArrayField(models.CharField(max_length=NAME_LENGTH), default=list)
    made = ArrayField(models.UUIDField(), default=list)
    former = models.JSONField(default=dict)
    evaluation = models.BooleanField(default=False)
    look_again = models.BooleanField(default=False)
    answers = models.PositiveBigIntegerField(null=True)
    evaluation_answers = models.PositiveBigIntegerField(null=True)
    looks = models.PositiveBigIntegerField(default=0)
    not_restored = models.PositiveBigIntegerField(default=0)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)


class Dataset(TenantModel):
    """A named set of examples on the cluster, with the totals the cluster last reported.

    `scheme` is the cluster's digest of the label changes that its answers have followed.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="datasets")
    name = models.CharField(max_length=NAME_LENGTH)
    role = models.CharField(max_length=16, choices=DATASET_ROLES)
    examples = models.PositiveBigIntegerField(default=0)
    accepted = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    ignored = models.PositiveBigIntegerField(default=0)
    unregistered = models.PositiveBigIntegerField(default=0)
    scheme = models.CharField(max_length=64, default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "name"], name="projects_dataset_name_once"),
        ]


class Asset(TenantModel):
    """A named input whose bytes lie on the cluster: a data file, patterns, guidelines."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="assets")
    name = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=16, choices=ASSET_KINDS)
    state = models.CharField(max_length=16, choices=ASSET_STATES, default=AssetState.EMPTY.value)
    version = models.PositiveBigIntegerField(default=0)
    root = models.CharField(max_length=32, default="", blank=True)
    rows = models.PositiveBigIntegerField(null=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    hold_back = models.PositiveBigIntegerField(default=0)
    dataset = models.ForeignKey(Dataset, null=True, on_delete=models.SET_NULL, related_name="+")
    evaluation_dataset = models.ForeignKey(
        Dataset, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "kind", "name"], name="projects_asset_name_once"
            ),
        ]


class Secret(TenantModel):
    """The name of a secret that recipes may be given; its value lies on the cluster alone."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="secrets")
    name = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "name"], name="projects_secret_name_once"),
        ]


class Task(TenantModel):
    """Annotation work: a recipe, a dataset, people, and the counts the cluster last reported.

    `recipe` is the full name of a built-in one, with checked `arguments`. `published` is the
    customer's own that it runs instead. It is one of one package version: a later version moves no
    task. `metrics` are the figures that it last reported, by their place among those that it
    declares.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=NAME_LENGTH)
    recipe = models.CharField(max_length=64, default=TaskRecipe.NER_MANUAL.value)
    published = models.ForeignKey(
        "recipes.Recipe", null=True, on_delete=models.PROTECT, related_name="+"
    )
    arguments = models.JSONField(default=dict)
    metrics = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=TASK_STATES, default=TaskState.OPEN.value)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="+")
    evaluation_dataset = models.ForeignKey(
        Dataset, null=True, on_delete=models.PROTECT, related_name="+"
    )
    evaluation_share = models.FloatField(default=0.33)
    label_ids = ArrayField(models.UUIDField())
    exclusive = models.BooleanField(default=False)
    blind = models.BooleanField(default=False)
    unsure_first = models.BooleanField(default=False)
    suggestions_kind = models.CharField(
        max_length=16, choices=PREDICTOR_KINDS, default="", blank=True
    )
    suggestions_id = models.UUIDField(null=True)
    guidelines = models.ForeignKey(Asset, null=True, on_delete=models.SET_NULL, related_name="+")
    overlap = models.PositiveSmallIntegerField(default=1)
    lease_seconds = models.PositiveIntegerField(default=900)
    examples = models.PositiveBigIntegerField(default=0)
    answered = models.PositiveBigIntegerField(default=0)
    evaluation_examples = models.PositiveBigIntegerField(default=0)
    evaluation_answered = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantManager.from_queryset(TaskQuerySet)()  # type: ignore[misc]  # the same, with reads

    @property
    def shown_recipe(self) -> str:
        """The name of the recipe as people ask for it."""
        return self.published.full_name if self.published else self.recipe

    @property
    def figures(self) -> list[dict[str, Any]]:
        """What its recipe last reported, under the names that it declares, in their order."""
        names = self.published.metrics if self.published else []
        return [
            {"name": name, "value": self.metrics[str(index)]}
            for index, name in enumerate(names)
            if str(index) in self.metrics
        ]

    @property
    def view(self) -> str:
        """The screen that it shows."""
        if self.published:
            return self.published.view
        told = BUILT_IN[self.recipe].view
        return told.value if told else ""

    @property
    def has_stream(self) -> bool:
        """Say whether its recipe fills its dataset."""
        return self.published is not None or has_stream(self.recipe, self.arguments)


class TaskAnnotator(TenantModel):
    """A person in a task. Who has left keeps the row, unassigned, for what they answered."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="annotators")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    assigned = models.BooleanField(default=True)
    accepted = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    ignored = models.PositiveBigIntegerField(default=0)
    working_seconds = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["task", "user"], name="projects_annotator_once"),
        ]
