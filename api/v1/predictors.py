"""Predictors: rules that are ready, trained models, and both as one, in one list."""

from __future__ import annotations

from typing import Any

from annex.contract.enums import PredictorKind
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.edge import ProjectView
from api.fields import NameField, PredictorSerializer
from api.pagination import whole_list
from controlplane.board.combinations import combine
from controlplane.board.models import Combination
from controlplane.projects.predictors import Predictor, predictors_of


class PredictorPageSerializer(serializers.Serializer[Any]):
    """All predictors as one page."""

    results = PredictorSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class NewPredictorSerializer(serializers.Serializer[Any]):
    """Rules and a model that shall predict as one."""

    name = NameField()
    rules = serializers.UUIDField()
    model = serializers.UUIDField()


class PredictorsView(ProjectView):
    """What can suggest, or be measured, in a project."""

    serializer_class = PredictorSerializer
    queryset = Combination.objects.none()

    @extend_schema(responses=PredictorPageSerializer)
    def get(self, request: Request) -> Response:
        """List rules, then models, then those that are both."""
        rows = predictors_of(self.project)
        return whole_list(list(PredictorSerializer(rows, many=True).data))

    @extend_schema(request=NewPredictorSerializer, responses={201: PredictorSerializer})
    def post(self, request: Request) -> Response:
        """Make rules and a model into one predictor.

        Where both mark the same words the rules decide; elsewhere the model's marks are added.
        """
        project = self.project
        made = combine(actor=self.actor, project=project, **self.read(NewPredictorSerializer))
        return self.shown(Predictor(PredictorKind.COMBINED, made.pk, made.name), status=201)
