"""Models and evaluations: ids, names that people typed, numbers that clusters sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from annex.contract.enums import Component
from django.db import models
from django.utils import timezone

from controlplane.board.querysets import EvaluationQuerySet
from controlplane.lib.tenancy import TenantManager, TenantModel
from controlplane.projects.choices import PREDICTOR_KINDS

if TYPE_CHECKING:
    from controlplane.projects.models import Asset


def _only(column: str, *, kind: str = "") -> models.Q:
    """Say that an evaluation is of one kind, and names a predictor of that kind alone."""
    columns = ("rules", "model", "combination")
    named = {f"{each}__isnull": each != column for each in columns}
    return models.Q(predictor_kind=kind or column, **named)


class TrainedModel(TenantModel):
    """A model, from the moment its training is asked for; the numbers come when it is trained."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="trained_models"
    )
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    component = models.CharField(max_length=32, default=Component.NER.value)
    training_examples = models.PositiveBigIntegerField(null=True)
    size_bytes = models.PositiveBigIntegerField(null=True)
    seed = models.PositiveBigIntegerField(default=0)
    snapshot = models.CharField(max_length=64, default="", blank=True)
    seconds = models.FloatField(null=True)
    trained_at = models.DateTimeField(null=True)
    packaged = models.BooleanField(default=False)
    package_bytes = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "name"], name="board_model_name_once"),
        ]


class Combination(TenantModel):
    """Rules and a model that predict as one: the rules decide, the model marks what they leave.

    Never changed: other parts are another combination.
    """

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="combinations"
    )
    name = models.CharField(max_length=200)
    rules = models.ForeignKey("projects.Asset", on_delete=models.CASCADE, related_name="+")
    model = models.ForeignKey(TrainedModel, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "name"], name="board_combination_name_once"),
            models.UniqueConstraint(fields=["rules", "model"], name="board_combination_once"),
        ]


class Evaluation(TenantModel):
    """One predictor measured on one dataset; null numbers until the cluster has reported them.

    `fraction` is the share of the answers a point of a learning curve was trained on.
    `per_label` is the contract's list of `LabelScores` as it came; `low` and `high` are the 95 %
    interval of `f`; `scheme` is the dataset's when it was measured.
    """

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="evaluations"
    )
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    predictor_kind = models.CharField(max_length=16, choices=PREDICTOR_KINDS)
    rules = models.ForeignKey(
        "projects.Asset", null=True, on_delete=models.CASCADE, related_name="+"
    )
    model = models.ForeignKey(
        TrainedModel, null=True, on_delete=models.CASCADE, related_name="evaluations"
    )
    combination = models.ForeignKey(
        Combination, null=True, on_delete=models.CASCADE, related_name="+"
    )
    component = models.CharField(max_length=32, default=Component.NER.value)
    dataset = models.ForeignKey("projects.Dataset", on_delete=models.CASCADE, related_name="+")
    fraction = models.FloatField(null=True)
    training_examples = models.PositiveBigIntegerField(null=True)
    evaluation_examples = models.PositiveBigIntegerField(null=True)
    precision = models.FloatField(null=True)
    recall = models.FloatField(null=True)
    f = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    support = models.PositiveBigIntegerField(null=True)
    per_label = models.JSONField(default=list)
    scheme = models.CharField(max_length=64, default="", blank=True)
    words_per_second = models.FloatField(null=True)
    size_bytes = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(EvaluationQuerySet)()  # type: ignore[misc]  # the same, with reads

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=_only("rules") | _only("model") | _only("combination", kind="combined"),
                name="board_evaluation_one_predictor",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["project", "-created_at", "id"], name="board_evaluation_newest"),
        ]

    @property
    def state(self) -> str:
        """`running` until scores or the end of the job, then `scored` or `failed`."""
        if self.finished_at is not None:
            return "scored"
        ended = self.job is None or self.job.state in {"failed", "cancelled", "succeeded"}
        return "failed" if ended else "running"

    @property
    def outdated(self) -> bool:
        """Measured before the labels of the dataset's answers changed: not comparable any more."""
        return self.finished_at is not None and self.scheme != self.dataset.scheme

    @property
    def predictor(self) -> Asset | TrainedModel | Combination:
        """What was measured; a constraint says that there is exactly one."""
        found = self.rules or self.model or self.combination
        if found is None:
            raise LookupError("an evaluation without a predictor")
        return found


class Comparison(TenantModel):
    """How much better one evaluation's predictor is than another's, on the same examples.

    `difference` is F of `evaluation` less F of `other`, with its paired 95 % interval; ratios.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="+")
    difference = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "evaluation", "other"], name="board_comparison_once"
            ),
        ]
