"""Trained models and what was measured. The bytes lie in the store under the artefact's key."""

from __future__ import annotations

from typing import ClassVar

from annex.contract.enums import Component, PredictorKind
from django.db import models
from django.db.models.functions import Now

from worker.store.models import Example


class TrainedModel(models.Model):
    """One trained pipeline, with all it takes to train it again.

    `labels` is `{label name: label id}` as at training; `config` is the spaCy config in full;
    `snapshot` the keyed digest of the answers; `masked_spans` counts gold spans whose edges fall
    within a token, which training could not use; `pretrained` the model whose weights it started
    from. A model of `tok2vec` is such weights.
    """

    id = models.UUIDField(primary_key=True)
    project_id = models.UUIDField(db_index=True)
    component = models.CharField(max_length=32, choices=[(c.value, c.value) for c in Component])
    labels = models.JSONField(default=dict)
    config = models.TextField()
    seed = models.PositiveBigIntegerField()
    snapshot = models.CharField(max_length=64)
    training_examples = models.PositiveIntegerField()
    masked_spans = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    scores = models.JSONField(default=dict)
    size_bytes = models.PositiveBigIntegerField()
    artefact = models.UUIDField()
    wheel = models.UUIDField(null=True)
    pretrained = models.UUIDField(null=True)
    trained_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.id)


class Evaluation(models.Model):
    """One predictor measured on one dataset: all labels, small ones too; these stay here.

    `scores` is `worker.training.predictions.all_figures`. `fraction` is the share of the training
    answers, for points of a learning curve. `low` and `high` are the 95 % interval of the overall
    F; null for what was measured before there was one.
    """

    id = models.UUIDField(primary_key=True)
    project_id = models.UUIDField(db_index=True)
    predictor_kind = models.CharField(
        max_length=16, choices=[(k.value, k.value) for k in PredictorKind]
    )
    predictor_id = models.UUIDField()
    component = models.CharField(
        max_length=32, choices=[(c.value, c.value) for c in Component], default=Component.NER.value
    )
    dataset_id = models.UUIDField()
    evaluation_examples = models.PositiveIntegerField()
    training_examples = models.PositiveIntegerField(default=0)
    fraction = models.FloatField(default=1.0)
    scores = models.JSONField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    words_per_second = models.FloatField()
    size_bytes = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        """Evaluations are read by predictor."""

        indexes: ClassVar = [
            models.Index(fields=["predictor_kind", "predictor_id"], name="evaluation_of_predictor")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Prediction(models.Model):
    """What was predicted for one example in an evaluation, beside what was right at the time.

    `gold` and `predicted` are `[[start, end, label name]]`, `[label name]` or `[[start, end,
    start of the head, its end, label name]]`, as in `worker.training.outcomes.Outcome`; `scores`
    are those of labels by name. The counts are of marks, of arcs, or of labels. Gone with its
    example.
    """

    id = models.BigAutoField(primary_key=True)
    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="predictions", db_index=False
    )
    example = models.ForeignKey(Example, models.CASCADE, related_name="+")
    gold = models.JSONField()
    predicted = models.JSONField()
    refused = models.JSONField(default=list)
    scores = models.JSONField(default=dict)
    right = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "example"], name="prediction_once")
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.example_id}"
