"""Evaluations: a predictor measured on a dataset."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectListView
from api.fields import PointsField, PredictorRefSerializer, PredictorSerializer, points
from controlplane.board.actions import EvaluateRequest, start_evaluation
from controlplane.board.models import Evaluation
from controlplane.projects.models import Label


class LabelScoresSerializer(serializers.Serializer[Any]):
    """Scores of one label; suppressed where too few marks stand behind them."""

    label = serializers.UUIDField()  # type: ignore[assignment]  # `label` is also a DRF attribute
    name = serializers.CharField()
    precision = PointsField(allow_null=True)
    recall = PointsField(allow_null=True)
    f = PointsField(allow_null=True)
    support = serializers.IntegerField(allow_null=True)
    suppressed = serializers.BooleanField()


class EvaluationSerializer(serializers.Serializer[Any]):
    """Scores are points of 100; null until the cluster has reported them."""

    id = serializers.UUIDField()
    predictor = serializers.SerializerMethodField()
    component = serializers.CharField()
    dataset = serializers.UUIDField(source="dataset_id")
    training_examples = serializers.IntegerField(allow_null=True)
    evaluation_examples = serializers.IntegerField(allow_null=True)
    precision = PointsField(allow_null=True)
    recall = PointsField(allow_null=True)
    f = PointsField(allow_null=True)
    per_label = serializers.SerializerMethodField()
    words_per_second = serializers.FloatField(allow_null=True)
    size_bytes = serializers.IntegerField(allow_null=True)
    fraction = serializers.FloatField(allow_null=True)
    outdated = serializers.BooleanField()
    state = serializers.CharField()
    finished_at = serializers.DateTimeField(allow_null=True)
    cluster_url = serializers.SerializerMethodField()

    def get_cluster_url(self, evaluation: Evaluation) -> str:
        """Return where its mistakes can be looked at."""
        return f"{evaluation.project.cluster.origin}/evaluations/{evaluation.pk}"

    @extend_schema_field(PredictorSerializer)
    def get_predictor(self, evaluation: Evaluation) -> dict[str, Any]:
        """Return what was measured."""
        measured = evaluation.predictor
        return {"kind": evaluation.predictor_kind, "id": str(measured.id), "name": measured.name}

    @extend_schema_field(LabelScoresSerializer(many=True))
    def get_per_label(self, evaluation: Evaluation) -> list[Any]:
        """Return each label's scores; the cluster suppresses what rests on too few marks."""
        return [label_scores(row, self.context["label_names"]) for row in evaluation.per_label]


def label_scores(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return what `LabelScoresSerializer` declares, of the contract's scores of one label.

    Written out: a page shows thousands, and a serializer for each row is most of its time.
    """
    scores = row["scores"] or dict.fromkeys(("precision", "recall", "f", "support"))
    return {
        "label": row["label"],
        "name": names.get(row["label"], ""),
        **{name: points(scores[name]) for name in ("precision", "recall", "f")},
        "support": scores["support"],
        "suppressed": row["scores"] is None,
    }


class NewEvaluationSerializer(serializers.Serializer[Any]):
    """What is measured on what."""

    predictor = PredictorRefSerializer()
    dataset = serializers.UUIDField()


class LabelNamesMixin:
    """Gives serializers the names of the project's labels, in one query."""

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the names by id."""
        context: dict[str, Any] = super().get_serializer_context()  # type: ignore[misc]
        if not getattr(self, "swagger_fake_view", False):
            names = Label.objects.filter(project=self.kwargs["project"])  # type: ignore[attr-defined]
            context["label_names"] = {
                str(id_): name for id_, name in names.values_list("id", "name")
            }
        return context


class EvaluationsView(LabelNamesMixin, ProjectListView):
    """List a project's evaluations, measure a predictor."""

    serializer_class = EvaluationSerializer
    queryset = Evaluation.objects.none()

    def get_queryset(self) -> Any:
        """Return the project's evaluations."""
        return self.project.evaluations.with_names()

    @extend_schema(request=NewEvaluationSerializer, responses={201: EvaluationSerializer})
    def post(self, request: Request) -> Response:
        """Measure a predictor on a held-back dataset."""
        project = self.project
        wanted = EvaluateRequest(**self.read(NewEvaluationSerializer))
        made, _ = start_evaluation(actor=self.actor, project=project, request=wanted, prefix="")
        return self.shown(made, status=201)
