"""The board: predictors compared on one evaluation dataset."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectView
from api.fields import PointsField
from api.v1.evaluations import EvaluationSerializer, LabelNamesMixin
from controlplane.board.board import Board, BoardRow, Measures, board_of
from controlplane.board.models import Evaluation
from controlplane.lib.errors import InvalidRequest

MEASURES = [(each.value, each.value) for each in Measures]


class BoardRowSerializer(EvaluationSerializer):
    """An evaluation with its sentence and the 95 % interval of its F."""

    kind = serializers.CharField(source="predictor_kind")
    sentence = serializers.CharField()
    ahead = serializers.BooleanField()
    low = PointsField()
    high = PointsField()

    def to_representation(self, instance: BoardRow) -> dict[str, Any]:
        """Return the evaluation's fields with the row's own."""
        # The evaluation's own fields come from the evaluation, the others from the row.
        evaluation = instance.evaluation
        evaluation.sentence, evaluation.ahead = instance.sentence, instance.ahead  # type: ignore[attr-defined]
        evaluation.low, evaluation.high = instance.interval
        return dict(super().to_representation(evaluation))


class CurvePointSerializer(serializers.Serializer[Any]):
    """A point of the learning curve with its 95 % interval."""

    examples = serializers.IntegerField()
    f = PointsField()
    low = PointsField()
    high = PointsField()


class BaselineSerializer(serializers.Serializer[Any]):
    """The best rules."""

    name = serializers.CharField(source="predictor.name")
    f = PointsField()


class BoardSetSerializer(serializers.Serializer[Any]):
    """A held-back dataset on which something was measured, and who is ahead there."""

    dataset = serializers.UUIDField(source="dataset.id")
    name = serializers.CharField(source="dataset.name")
    examples = serializers.IntegerField()
    sentence = serializers.CharField()


class BoardSerializer(serializers.Serializer[Any]):
    """Scores are points of 100; `passes_at` counts training examples."""

    dataset = serializers.UUIDField(source="dataset.id", default=None, allow_null=True)
    measures = serializers.ChoiceField(choices=MEASURES)
    also_measures = serializers.ListField(child=serializers.ChoiceField(choices=MEASURES))
    evaluation_examples = serializers.IntegerField(allow_null=True)
    sentence = serializers.CharField()
    rows = BoardRowSerializer(many=True)
    curve = CurvePointSerializer(many=True)
    baseline = BaselineSerializer(allow_null=True)
    passes_at = serializers.IntegerField(allow_null=True)
    target_f = serializers.FloatField(allow_null=True)
    sets = BoardSetSerializer(many=True)


class BoardView(LabelNamesMixin, ProjectView):
    """The board of a project."""

    serializer_class = BoardSerializer
    queryset = Evaluation.objects.none()

    @extend_schema(
        parameters=[
            OpenApiParameter("dataset", UUID, description="Which held-back set"),
            OpenApiParameter("measures", enum=[each.value for each in Measures]),
        ]
    )
    def get(self, request: Request) -> Response:
        """Compare the project's predictors on one held-back dataset."""
        project = self.project
        board: Board = board_of(project, _wanted_dataset(request), _wanted_measures(request))
        context = self.get_serializer_context()
        shown = {**vars(board), "target_f": project.target_f}
        return Response(BoardSerializer(shown, context=context).data)


def _wanted_dataset(request: Request) -> UUID | None:
    raw = request.query_params.get("dataset")
    try:
        return UUID(raw) if raw else None
    except ValueError:
        raise InvalidRequest("This is not the id of a dataset.", field="dataset") from None


def _wanted_measures(request: Request) -> Measures | None:
    raw = request.query_params.get("measures")
    try:
        return Measures(raw) if raw else None
    except ValueError:
        raise InvalidRequest("Either marks or labels.", field="measures") from None
