"""Predictors: rules that are ready and trained models in one list."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectView
from api.fields import PredictorSerializer
from api.pagination import whole_list
from controlplane.board.models import TrainedModel
from controlplane.projects.predictors import predictors_of


class PredictorPageSerializer(serializers.Serializer[Any]):
    """All predictors as one page."""

    results = PredictorSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class PredictorsView(ProjectView):
    """What can suggest, or be measured, in a project."""

    serializer_class = PredictorSerializer
    queryset = TrainedModel.objects.none()

    @extend_schema(responses=PredictorPageSerializer)
    def get(self, request: Request) -> Response:
        """List rules, then models."""
        rows = predictors_of(self.project)
        return whole_list(list(PredictorSerializer(rows, many=True).data))
